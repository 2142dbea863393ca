import { stat, utimes } from 'node:fs/promises';

/** Whether a process of this host is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Notes that a folder is in use: its time says since when it is not. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}
