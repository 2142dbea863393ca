import { Option, type Command } from 'commander';
import { roles } from '../../model/roles.ts';
import { asClient, processIo, type ClientIo } from './client-command.ts';
import { table } from './layout.ts';

interface Token {
  id: string;
  kind: string;
  name: string;
  role: string;
  projects: string[] | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** Adds `gitward tokens …`. */
export function registerTokens(program: Command, io: ClientIo = processIo): void {
  const tokens = program.command('tokens').description('who may call the API');

  asClient(tokens.command('list').description('list tokens'), io, async (client) => {
    const items = (await client.list('/v1/tokens')) as Token[];
    return {
      json: items,
      text: table(
        ['name', 'id', 'kind', 'role', 'projects', 'last used', 'revoked'],
        items.map((token) => [
          token.name,
          token.id,
          token.kind,
          token.role,
          token.projects?.join(',') ?? 'all',
          token.lastUsedAt ?? '-',
          token.revokedAt ?? '-',
        ]),
        'No tokens.',
      ),
    };
  });

  asClient(
    tokens
      .command('create')
      .description('make a token; it is shown this once')
      .argument('<name>')
      .addOption(
        new Option('--role <role>', 'what it may do').choices([...roles]).makeOptionMandatory(),
      )
      .option('--person <email>', 'it is a person with this address (default: a machine)')
      .option('--projects <ids...>', 'the projects that it may see (default: all)'),
    io,
    async (
      client,
      name: string,
      { role, person, projects }: { role: string; person?: string; projects?: string[] },
    ) => {
      const made = (await client.send('POST', '/v1/tokens', {
        name,
        role,
        ...(person === undefined ? { kind: 'machine' } : { kind: 'person', email: person }),
        ...(projects === undefined ? {} : { projects }),
      })) as Token & { token: string };
      // The token alone on standard output, so that scripts can keep it.
      return { json: made, text: made.token };
    },
  );

  asClient(
    tokens.command('revoke').description('revoke a token for ever').argument('<id>'),
    io,
    async (client, id: string) => {
      await client.send('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
      return { json: { revoked: id }, text: `Revoked token ${id}.` };
    },
  );
}
