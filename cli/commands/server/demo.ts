import type { Command } from 'commander';

/** Adds `gitward demo`. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'see Gitward at work: a sample project, two authors, an outage; takes under a minute',
    )
    .addHelpText(
      'after',
      '\nRuns a separate installation in demo/ of the data directory, even while another one is running, with\n' +
        'windows of one second instead of half a minute, and stops it at the end. The repository is kept.',
    )
    .action(async () => {
      const { runDemo } = await import('./run-demo.ts');
      process.exitCode = await runDemo(process.env);
    });
}
