import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { asClient, processIo, UsageError, type ClientIo } from '../../client/client-command.ts';
import { credentialId } from './credential-id.ts';
import { table } from '../../client/layout.ts';

/**
 * Adds `gitward credentials …`. Secrets are read from standard input or prompted for; they are
 * never an argument.
 */
export function registerCredentials(program: Command, io: ClientIo = processIo): void {
  const credentials = program
    .command('credentials')
    .description('tokens that give access to repositories; their secrets are never shown');

  asClient(credentials.command('list').description('list credentials'), io, async (client) => {
    const items = await client.list('GET /v1/credentials', {});
    return {
      json: items,
      text: table(
        ['name', 'id', 'for', 'username', 'rotated'],
        items.map(({ id, name, origin, username, rotatedAt }) => [
          ...[name, id, origin ?? 'not said yet', username],
          rotatedAt ?? '-',
        ]),
        'No credentials. Add one with `gitward credentials add`.',
      ),
    };
  });

  asClient(
    credentials
      .command('add')
      .description('add an HTTPS token, read from standard input')
      .argument('<name>')
      .requiredOption(
        '--origin <host>',
        'the only host that it is sent to: a host name, or the address of a repository there',
      )
      .option('--username <name>', 'the user name that is sent with it (default: x-access-token)'),
    io,
    async (
      client,
      name: string,
      { origin: host, username }: { origin: string; username?: string },
    ) => {
      const token = await io.readSecret('Token');
      const added = await client.send('POST /v1/credentials', {
        body: { name, username, origin: host, token },
      });
      const { id, origin } = added;
      return { json: added, text: `Added credential ${added.name} for ${origin} (${id}).` };
    },
  );

  asClient(
    credentials
      .command('rotate')
      .description('replace the token; mirrors and spaces that use it try again at once')
      .argument('<credential>', 'its name or id')
      .option('--origin <host>', 'another host that the new token is for')
      .option('--username <name>', 'a new user name to send with it'),
    io,
    async (
      client,
      credential: string,
      { origin, username }: { origin?: string; username?: string },
    ) => {
      const id = await credentialId(client, credential);
      const token = await io.readSecret('New token');
      const rotated = await client.send('PUT /v1/credentials/:credential/secret', {
        credential: id,
        body: { username, origin, token },
      });
      return { json: rotated, text: `Rotated credential ${rotated.name} for ${rotated.origin}.` };
    },
  );

  asClient(
    credentials
      .command('sign')
      .description('sign what is pushed with a credential')
      .argument('<credential>', 'its name or id')
      .argument('<file>', 'a private key without a passphrase (ssh-keygen -t ed25519)'),
    io,
    async (client, credential: string, file: string) => {
      const id = await credentialId(client, credential);
      const privateKey = await readKey(file);
      const signing = await client.send('PUT /v1/credentials/:credential/signing-key', {
        credential: id,
        body: { privateKey },
      });
      const text = `Commits are signed from now on. Register this key at the host as one that signs:\n${signing.signingKey ?? ''}`;
      return { json: signing, text };
    },
  );

  asClient(
    credentials
      .command('unsign')
      .description('sign what is pushed with a credential no longer')
      .argument('<credential>', 'its name or id'),
    io,
    async (client, credential: string) => {
      const id = await credentialId(client, credential);
      const answer = await client.send('DELETE /v1/credentials/:credential/signing-key', {
        credential: id,
      });
      return { json: answer, text: `Commits of ${answer.name} are not signed any more.` };
    },
  );

  asClient(
    credentials
      .command('remove')
      .description('remove a credential that no active mirror or space uses')
      .argument('<credential>', 'its name or id'),
    io,
    async (client, credential: string) => {
      const id = await credentialId(client, credential);
      await client.send('DELETE /v1/credentials/:credential', { credential: id });
      return { json: { removed: id }, text: `Removed credential ${credential}.` };
    },
  );
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
