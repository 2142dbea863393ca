import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward migrate`. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'bring database and Temporal namespace up to this version; before its API and workers start',
    )
    .action(async () => {
      const config = readConfig(process.env);
      // What runs Gitward is large, and most commands only ask it.
      const { runMigrate } = await import('./run-migrate.ts');
      process.exitCode = await runMigrate(config);
    });
}
