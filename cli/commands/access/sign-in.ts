import type { Command } from 'commander';
import { asClient, processIo, type ClientIo } from '../../client/client-command.ts';

/** Adds `gitward sign-in`. */
export function registerSignIn(program: Command, io: ClientIo = processIo): void {
  asClient(
    program
      .command('sign-in')
      .description('print a link that signs a browser in, once and within ten minutes')
      .option('--person <id>', 'sign this person in (default: the holder of the token)'),
    io,
    async (client, { person }: { person?: string }) => {
      const made = await client.send('POST /v1/sign-in-links', { body: { person } });
      // Only the link goes to standard output, so that scripts can open it.
      return { json: made, text: made.url };
    },
  );
}
