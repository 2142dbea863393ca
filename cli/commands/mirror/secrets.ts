import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { limited } from '../../client/number-option.ts';
import { secretsTable } from '../../client/secrets-table.ts';

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
