import type { Command } from 'commander';

/** Adds `gitward start`. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('run everything: database, Temporal, worker and API')
    .addHelpText(
      'after',
      '\nWithout settings it starts its own PostgreSQL and Temporal servers, and keeps everything in\n' +
        '.gitward (GITWARD_DATA_DIR). Set DATABASE_URL and TEMPORAL_ADDRESS to use your own servers instead.\n' +
        'Ctrl-C stops everything cleanly; a second Ctrl-C ends it at once.',
    )
    .action(async () => {
      // The server code is large, and most commands are only clients.
      const { runStart } = await import('./run-start.ts');
      process.exitCode = await runStart(process.env);
    });
}
