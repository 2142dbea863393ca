import { Command } from 'commander';
import { registerApi } from './commands/api.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerStart } from './commands/start.ts';
import { registerWorker } from './commands/worker.ts';
import { readVersion } from './version.ts';

/** The `gitward` command with all its subcommands. Throws `CommanderError` rather than ending the process. */
export function createProgram(): Command {
  const program = new Command('gitward')
    .description('Keeps Git and a data platform in step.')
    .version(readVersion())
    .showHelpAfterError('(gitward --help lists the commands)')
    .exitOverride();
  registerStart(program);
  registerApi(program);
  registerWorker(program);
  registerMigrate(program);
  return program;
}
