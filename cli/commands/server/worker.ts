import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward worker`. */
export function registerWorker(program: Command): void {
  program
    .command('worker')
    .description('run only a worker, with your own servers (DATABASE_URL, TEMPORAL_ADDRESS)')
    .action(async () => {
      const config = readConfig(process.env);
      // The server code is large, and most commands are only clients.
      const { runWorker } = await import('./run-worker.ts');
      process.exitCode = await runWorker(config);
    });
}
