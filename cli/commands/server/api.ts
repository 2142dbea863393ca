import type { Command } from 'commander';

/** Adds `gitward api`. */
export function registerApi(program: Command): void {
  program
    .command('api')
    .description('run only the API, with your own servers (DATABASE_URL, TEMPORAL_ADDRESS)')
    .action(async () => {
      const { readConfig } = await import('../../../config.ts');
      const config = readConfig(process.env);
      // The server code is large, and most commands are only clients.
      const { runApi } = await import('./run-api.ts');
      process.exitCode = await runApi(config);
    });
}
