import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { limited } from '../../client/number-option.ts';
import { secretsTable } from '../../client/secrets-table.ts';

/** Adds `gitward knowledge secrets`. */
export function addKnowledgeSecrets(knowledge: Command, io: ClientIo): void {
  asClient(
    limited(
      knowledge
        .command('secrets')
        .description('list where secrets were recognised in entries in Git, by file and line')
        .argument('<space>'),
    ),
    io,
    async (client, space: string, { limit }: { limit: number }) => {
      const items = await client.list('GET /v1/spaces/:space/secrets', { space }, limit);
      return { json: items, text: secretsTable(items) };
    },
  );
}
