import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { limited } from '../../client/number-option.ts';
import { ofEntry } from './entries.ts';
import { blameText, changesTable, diffText, syncLogTable, versionsTable } from './history-text.ts';

/** Adds `gitward knowledge log`, `history`, `diff` and `blame`. */
export function addKnowledgeLog(knowledge: Command, io: ClientIo): void {
  asClient(
    limited(
      knowledge
        .command('log')
        .description("a space's recent changes, or the sync log of an entry")
        .argument('<space>')
        .argument('[entry]', "the entry's id"),
    ).option('--kind <kind>', 'only changes of this kind'),
    io,
    async (
      client,
      space: string,
      entry: string | undefined,
      { limit, kind }: { limit: number; kind?: string },
    ) => {
      if (entry === undefined) {
        const asked = { space, query: { kind } };
        const items = await client.list('GET /v1/spaces/:space/changes', asked, limit);
        return { json: items, text: changesTable(items) };
      }
      const one = { space, entry };
      const logs = await client.list('GET /v1/spaces/:space/entries/:entry/sync-logs', one, limit);
      const versions = await client.list(
        'GET /v1/spaces/:space/entries/:entry/versions',
        one,
        limit,
      );
      return {
        json: { logs, versions },
        text: `${syncLogTable(logs)}\n\n${versionsTable(versions)}`,
      };
    },
  );

  asClient(
    limited(
      knowledge
        .command('history')
        .description("an entry's versions, newest first")
        .argument('<space>')
        .argument('<entry>', "the entry's id"),
    ),
    io,
    async (client, space: string, entry: string, { limit }: { limit: number }) => {
      const items = await client.list(
        'GET /v1/spaces/:space/entries/:entry/versions',
        { space, entry },
        limit,
      );
      return { json: items, text: versionsTable(items) };
    },
  );

  asClient(
    knowledge
      .command('diff')
      .description('what changed in an entry between two points in time')
      .argument('<space>')
      .argument('<entry>', "the entry's id")
      .requiredOption(
        '--from <when>',
        'a commit (its first digits are enough), a date, or how long ago: 1w, 1m, 6m',
      )
      .option('--to <when>', 'like --from (default: now)'),
    io,
    async (client, space: string, entry: string, { from, to }: { from: string; to?: string }) => {
      const asked = { space, entry, query: { from, to } };
      const diff = await client.send('GET /v1/spaces/:space/entries/:entry/diff', asked);
      return { json: diff, text: diffText(diff) };
    },
  );

  asClient(
    ofEntry(
      knowledge.command('blame').description("who wrote each line of an entry's file, and when"),
    ).option('--at <when>', 'like --from of diff (default: the newest version in Git)'),
    io,
    async (client, space: string, entry: string, { at }: { at?: string }) => {
      const asked = { space, entry, query: { at } };
      const blame = await client.send('GET /v1/spaces/:space/entries/:entry/blame', asked);
      return { json: blame, text: blameText(blame) };
    },
  );
}
