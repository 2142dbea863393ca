import { Command } from 'commander';
import { registerApi } from './commands/api.ts';
import { registerCredentials } from './commands/credentials.ts';
import { registerDemo } from './commands/demo.ts';
import { registerEvents } from './commands/events.ts';
import { registerKnowledge } from './commands/knowledge.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerMirrors } from './commands/mirrors.ts';
import { registerProjects } from './commands/projects.ts';
import { registerStart } from './commands/start.ts';
import { registerTokens } from './commands/tokens.ts';
import { registerVerify } from './commands/verify.ts';
import { registerWorker } from './commands/worker.ts';
import { readVersion } from './version.ts';

const register = {
  'Run Gitward:': [registerStart, registerApi, registerWorker, registerMigrate, registerDemo],
  'Ask a running one:': [
    registerProjects,
    registerMirrors,
    registerVerify,
    registerKnowledge,
    registerEvents,
    registerCredentials,
    registerTokens,
  ],
};

/** The `gitward` command with all its subcommands. Throws `CommanderError` rather than ending the process. */
export function createProgram(): Command {
  const program = new Command('gitward')
    .description('Keeps Git and a data platform in step.')
    .version(readVersion())
    .showHelpAfterError('(gitward --help lists the commands)')
    .exitOverride();
  for (const [group, commands] of Object.entries(register)) {
    program.commandsGroup(group);
    for (const add of commands) add(program);
  }
  return program;
}
