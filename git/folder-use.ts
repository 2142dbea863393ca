import { stat, utimes } from 'node:fs/promises';

/** Whether a process of this host is running. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // For a process of another user the error is EPERM.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Marks a folder as in use by updating its time, which tells how long it has been unused. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}
