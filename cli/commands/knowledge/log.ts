import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { limited } from '../../client/number-option.ts';
import { entryPath, spacePath } from './paths.ts';
import {
  changesTable,
  diffText,
  syncLogTable,
  versionsTable,
  type ChangeItem,
  type DiffAnswer,
  type SyncLogItem,
  type VersionItem,
} from './history-text.ts';

/** Adds `gitward knowledge log`, `history` and `diff`. */
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
        const query = kind === undefined ? '' : `?kind=${encodeURIComponent(kind)}`;
        const items = await client.list(`${spacePath(space)}/changes${query}`, limit);
        return { json: items, text: changesTable(items as ChangeItem[]) };
      }
      const path = entryPath(space, entry);
      const logs = (await client.list(`${path}/sync-logs`, limit)) as SyncLogItem[];
      const versions = (await client.list(`${path}/versions`, limit)) as VersionItem[];
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
      const items = await client.list(`${entryPath(space, entry)}/versions`, limit);
      return { json: items, text: versionsTable(items as VersionItem[]) };
    },
  );

  asClient(
    knowledge
      .command('diff')
      .description('what changed in an entry between two points in time')
      .argument('<space>')
      .argument('<entry>', "the entry's id")
      .requiredOption('--from <when>', 'a commit, a date, or how long ago: 1w, 1m, 6m')
      .option('--to <when>', 'like --from (default: now)'),
    io,
    async (client, space: string, entry: string, { from, to }: { from: string; to?: string }) => {
      const query = new URLSearchParams({ from, ...(to === undefined ? {} : { to }) });
      const path = `${entryPath(space, entry)}/diff?${query.toString()}`;
      const diff = (await client.send('GET', path)) as DiffAnswer;
      return { json: diff, text: diffText(diff) };
    },
  );
}
