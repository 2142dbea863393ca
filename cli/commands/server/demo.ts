import type { Command } from 'commander';
import { readConfig } from '../../../config.ts';

/** Adds `gitward demo`. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('show it at work: a sample project, two authors, an outage; under a minute')
    .addHelpText(
      'after',
      '\nRuns an installation of its own in demo/ of the data directory, beside one that is running, with\n' +
        'clocks of a second instead of half a minute, and stops it at the end. The repository stays.',
    )
    .action(async () => {
      const config = readConfig(process.env);
      const { runDemo } = await import('./run-demo.ts');
      process.exitCode = await runDemo(config);
    });
}
