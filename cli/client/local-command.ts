import type { Command } from 'commander';
import { UsageError, type ClientIo, type Said } from './client-command.ts';

const exitCodes = `
Exit codes: 0 no problems; 1 there are problems, which the output lists; 2 the command line is wrong.
It works on local files; Gitward does not have to be running.`;

/**
 * Makes a command work locally, without the API. `act` gets its arguments and options, and returns what to print; `help`
 * says what its exit codes mean.
 */
export function asLocal(
  command: Command,
  io: ClientIo,
  act: (...given: never[]) => Promise<Said>,
  help = exitCodes,
): Command {
  return command
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (...given: unknown[]) => {
      const { json = false } = command.opts<{ json?: boolean }>();
      try {
        // Commander passes the options and the command itself as the last arguments.
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
