import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward api`. */
export function registerApi(program: Command): void {
  program
    .command('api')
    .description('run the API alone, on servers of yours (DATABASE_URL, TEMPORAL_ADDRESS)')
    .action(async () => {
      const config = readConfig(process.env);
      // What runs Gitward is large, and most commands only ask it.
      const { runApi } = await import('./run-api.ts');
      process.exitCode = await runApi(config);
    });
}
