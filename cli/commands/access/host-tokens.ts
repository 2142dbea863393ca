import type { Command } from 'commander';
import { asClient, processIo, type ClientIo } from '../../client/client-command.ts';
import { table } from '../../client/layout.ts';

/**
 * Adds `gitward host-tokens …`. Secrets are read from standard input or prompted for; they are never
 * an argument.
 */
export function registerHostTokens(program: Command, io: ClientIo = processIo): void {
  const tokens = program
    .command('host-tokens')
    .description('your own tokens of Git hosts, with which you approve reviews there as yourself');

  asClient(tokens.command('list').description('list your tokens'), io, async (client) => {
    const { items } = await client.send('GET /v1/me/host-tokens', {});
    return {
      json: items,
      text: table(
        ['host', 'stored', 'refused'],
        items.map(({ origin, storedAt, refusedAt }) => [origin, storedAt, refusedAt ?? '-']),
        'No tokens of hosts. Store one with `gitward host-tokens set`.',
      ),
    };
  });

  asClient(
    tokens
      .command('set')
      .description('store your token of a host, or another one; it is read from standard input')
      .argument('<origin>', 'the only host that it is sent to: a host name, or an address there'),
    io,
    async (client, host: string) => {
      const token = await io.readSecret('Token');
      const stored = await client.send('PUT /v1/me/host-tokens', { body: { origin: host, token } });
      const text = `Stored your token for ${stored.origin}. What you say about reviews is said there in your name.`;
      return { json: stored, text };
    },
  );

  asClient(
    tokens
      .command('remove')
      .description('remove your token of a host')
      .argument('<origin>', 'the host, as `list` prints it'),
    io,
    async (client, host: string) => {
      await client.send('DELETE /v1/me/host-tokens', { query: { origin: host } });
      return { json: { removed: host }, text: `Removed your token for ${host}.` };
    },
  );
}
