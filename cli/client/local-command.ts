import type { Command } from 'commander';
import { UsageError, type ClientIo, type Said } from './client-command.ts';

const exitCodes = `
Exit codes: 0 all is well; 1 something is wrong, and the output says what; 2 the command line is wrong.
It reads files of this machine; Gitward does not have to run.`;

/** Lets a command work on files of this machine. `act` gets its arguments and options, and says what came of it. */
export function asLocal(
  command: Command,
  io: ClientIo,
  act: (...given: never[]) => Promise<Said>,
): Command {
  return command
    .option('--json', 'print what was found, as JSON')
    .addHelpText('after', exitCodes)
    .action(async (...given: unknown[]) => {
      const { json = false } = command.opts<{ json?: boolean }>();
      try {
        // Commander ends its arguments with the options and the command itself.
        const said = await act(...(given.slice(0, -1) as never[]));
        io.out(json ? `${JSON.stringify(said.json, null, 2)}\n` : said.text);
        io.setExitCode(said.exitCode ?? 0);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        io.error(`gitward: ${error.message}\n`);
        io.setExitCode(2);
      }
    });
}
