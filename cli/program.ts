import { Command } from 'commander';
import { processIo } from './client/client-command.ts';
import { registerChannels } from './commands/operators/channels.ts';
import { registerApi } from './commands/server/api.ts';
import { registerCredentials } from './commands/access/credentials.ts';
import { registerDemo } from './commands/server/demo.ts';
import { registerDoctor } from './commands/operators/doctor.ts';
import { registerEvents } from './commands/mirror/events.ts';
import { registerHealth } from './commands/operators/health.ts';
import { registerHostTokens } from './commands/access/host-tokens.ts';
import { registerKnowledge } from './commands/knowledge/knowledge.ts';
import { registerMigrate } from './commands/server/migrate.ts';
import { registerMirrors } from './commands/mirror/mirrors.ts';
import { registerProjects } from './commands/mirror/projects.ts';
import { registerSignIn } from './commands/access/sign-in.ts';
import { registerStart } from './commands/server/start.ts';
import { registerStatus } from './commands/operators/status.ts';
import { registerSupportBundle } from './commands/operators/support-bundle.ts';
import { registerTokens } from './commands/access/tokens.ts';
import { registerVerify } from './commands/mirror/verify.ts';
import { registerWorker } from './commands/server/worker.ts';
import { readVersion } from './version.ts';

const register = {
  'Run Gitward:': [registerStart, registerApi, registerWorker, registerMigrate, registerDemo],
  'Look after Gitward:': [
    registerStatus,
    registerHealth,
    registerDoctor,
    registerChannels,
    registerSupportBundle,
  ],
  'Use a running Gitward:': [
    registerSignIn,
    registerProjects,
    registerMirrors,
    registerVerify,
    registerKnowledge,
    registerEvents,
    registerCredentials,
    registerHostTokens,
    registerTokens,
  ],
};

/**
 * The `gitward` command with all its subcommands. `given` is the environment as the operator set it. Throws
 * `CommanderError` instead of exiting the process.
 */
export function createProgram(given: NodeJS.ProcessEnv = process.env): Command {
  const program = new Command('gitward')
    .description('Keeps Git and a data platform in step.')
    .version(readVersion())
    .showHelpAfterError('(gitward --help lists the commands)')
    .exitOverride();
  for (const [group, commands] of Object.entries(register)) {
    program.commandsGroup(group);
    for (const add of commands) add(program, processIo, given);
  }
  return program;
}
