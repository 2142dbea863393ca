import { Option, type Command } from 'commander';

/** Adds `gitward worker`. */
export function registerWorker(program: Command): void {
  program
    .command('worker')
    .description('run only a worker, with your own servers (DATABASE_URL, TEMPORAL_ADDRESS)')
    // For `gitward start`, which runs its worker this way.
    .addOption(new Option('--supervised').hideHelp())
    .action(async ({ supervised }: { supervised?: true }) => {
      // The server code is large, and most commands are only clients.
      if (supervised === true) {
        const { runSupervisedWorker } = await import('./run-supervised-worker.ts');
        process.exitCode = await runSupervisedWorker(process.env);
        return;
      }
      const { readConfig } = await import('../../../config.ts');
      const config = readConfig(process.env);
      const { runWorker } = await import('./run-worker.ts');
      process.exitCode = await runWorker(config);
    });
}
