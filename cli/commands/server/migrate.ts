import type { Command } from 'commander';

/** Adds `gitward migrate`. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'migrate the database and the Temporal namespace to this version; run it before the API and the workers start',
    )
    .option('--dry-run', 'only print which migrations would run')
    .action(async ({ dryRun = false }: { dryRun?: boolean }) => {
      const { readConfig } = await import('../../../config.ts');
      const config = readConfig(process.env);
      // The server code is large, and most commands are only clients.
      const { runMigrate } = await import('./run-migrate.ts');
      process.exitCode = await runMigrate(config, { dryRun });
    });
}
