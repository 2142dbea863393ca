import type { Command } from 'commander';
import {
  asClient,
  processIo,
  UsageError,
  type ClientIo,
  type Said,
} from '../../client/client-command.ts';
import { readStatus } from '../../status/read-status.ts';
import { statusText } from '../../status/status-text.ts';
import { watchStatus } from '../../status/watch-status.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { positive } from '../../client/number-option.ts';

interface Options {
  all?: boolean;
  watch?: boolean;
  interval: number;
  json?: boolean;
}

/** Clears the terminal, also what is above, and begins at its top. */
const clear = '\u001b[2J\u001b[3J\u001b[H';

/** Adds `gitward status`. */
export function registerStatus(program: Command, io: ClientIo = processIo): void {
  asClient(
    program
      .command('status')
      .description('show everything at a glance, the worst first')
      .option('--all', 'also list mirrors and spaces that are in step')
      .option('--watch', 'draw it again and again, until Ctrl-C')
      .option('--interval <seconds>', 'with --watch: how often, from 1 to 3600', positive, 5)
      .addHelpText(
        'after',
        '\nThe exit code is 1 if something needs somebody: a part is missing, or a mirror or space (marked with !) is held, escalated,\n' +
          'fails for a reason that does not go away with time, or has conflicts, held saves or files to accept. Outages that may\n' +
          'end by themselves, reviews and pauses do not count.',
      ),
    io,
    act,
  );

  async function act(client: ApiClient, options: Options): Promise<Said> {
    const { all = false, watch = false, interval, json = false } = options;
    if (!watch) {
      const status = await readStatus(client);
      const exitCode = status.needsSomebody ? 1 : 0;
      return { json: status, text: statusText(status, { all }), exitCode };
    }
    if (json) throw new UsageError('--watch draws for people: leave it out to get JSON.');
    if (interval < 1 || interval > 3_600)
      throw new UsageError(`--interval is ${interval}: give seconds from 1 to 3600.`);
    const ended = new AbortController();
    const end = () => ended.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    const draw = (text: string) => io.out(`${process.stdout.isTTY ? clear : ''}${text}`);
    const { signal } = ended;
    const isNeeded = await watchStatus(client, { interval: interval * 1_000, all, signal, draw });
    return { json: null, text: '', exitCode: isNeeded ? 1 : 0 };
  }
}
