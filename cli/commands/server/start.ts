import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward start`. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('run everything in one go: database, Temporal, worker and API')
    .addHelpText(
      'after',
      '\nWithout settings it brings its own PostgreSQL and Temporal server, and keeps everything in\n' +
        '.gitward (GITWARD_DATA_DIR). DATABASE_URL and TEMPORAL_ADDRESS take their place where they are set.\n' +
        'Ctrl-C stops all of it in order; a second Ctrl-C ends it at once.',
    )
    .action(async () => {
      const config = readConfig(process.env);
      // What runs Gitward is large, and most commands only ask it.
      const { runStart } = await import('./run-start.ts');
      process.exitCode = await runStart(config);
    });
}
