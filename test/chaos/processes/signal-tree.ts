import { processTree } from '../../cli/server/process-tree.ts';

/** Sends a signal to a process and everything that it has started. What has ended meanwhile does not matter. */
export async function signalTree(pid: number, signal: NodeJS.Signals): Promise<void> {
  const tree = await processTree(pid);
  for (const one of tree) {
    try {
      process.kill(one.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
