import type { Command } from 'commander';
import type { Item } from '../../client/answers.ts';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { table } from '../../client/layout.ts';
import { limited } from '../../client/number-option.ts';

type Secret = Item<'GET /v1/projects/:project/mirrors/:branch/secrets'>;

/** Adds `gitward mirrors secrets`. */
export function registerSecrets(mirrors: Command, io: ClientIo): void {
  asClient(
    limited(
      mirrors
        .command('secrets')
        .description('list where secrets were recognised in texts, by file and line')
        .argument('<project>')
        .argument('[branch]', "the branch's id, or default", 'default'),
    ),
    io,
    async (client, project: string, branch: string, { limit }: { limit: number }) => {
      const items = await client.list(
        'GET /v1/projects/:project/mirrors/:branch/secrets',
        { project, branch },
        limit,
      );
      return { json: items, text: secretsTable(items) };
    },
  );
}

function secretsTable(secrets: readonly Secret[]): string {
  return table(
    ['file', 'line', 'kind', 'fingerprint', 'state', 'since'],
    secrets.map(({ path, line, column, rule, fingerprint, masked, since }) => [
      ...[path, `${line}:${column}`, rule, fingerprint],
      ...[masked ? 'masked' : 'in Git', since],
    ]),
    'No secrets were recognised in texts.',
  );
}
