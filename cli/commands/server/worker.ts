import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward worker`. */
export function registerWorker(program: Command): void {
  program
    .command('worker')
    .description('run a worker alone, on servers of yours (DATABASE_URL, TEMPORAL_ADDRESS)')
    .action(async () => {
      const config = readConfig(process.env);
      // What runs Gitward is large, and most commands only ask it.
      const { runWorker } = await import('./run-worker.ts');
      process.exitCode = await runWorker(config);
    });
}
