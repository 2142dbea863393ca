import { Option, type Command } from 'commander';
import { UsageError, asClient, type ClientIo } from './client-command.ts';
import { spacePath } from './knowledge-paths.ts';
import { conflictText, conflictsTable, type ConflictItem } from './knowledge-text.ts';

interface ConflictOptions {
  take?: 'git' | 'mine';
  all?: boolean;
}

/** Adds `gitward knowledge conflicts`. */
export function addKnowledgeConflicts(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('conflicts')
      .description('where saves clash with Git: list, look at and settle conflicts')
      .argument('<space>')
      .argument('[conflict]', "the conflict's id")
      .addOption(
        new Option('--take <side>', "settle it: Git's version, or the one that was saved").choices([
          'git',
          'mine',
        ]),
      )
      .option('--all', 'settle all that are open in the same way'),
    io,
    async (client, space: string, conflict: string | undefined, options: ConflictOptions) => {
      const { take, all = false } = options;
      const path = `${spacePath(space)}/conflicts`;
      if (conflict !== undefined && all) throw new UsageError('Give a conflict, or --all.');
      if (all && take === undefined) throw new UsageError('Say with --take which side to take.');
      if (conflict === undefined && !all) {
        if (take !== undefined) throw new UsageError('Say which conflict to settle, or --all.');
        const items = (await client.list(path)) as ConflictItem[];
        return { json: items, text: conflictsTable(items) };
      }
      if (conflict !== undefined) {
        const one = `${path}/${encodeURIComponent(conflict)}`;
        const item = (await (take === undefined
          ? client.send('GET', one)
          : client.send('POST', one, { take }))) as ConflictItem;
        return { json: item, text: take === undefined ? conflictText(item) : settled([conflict]) };
      }
      const ids: string[] = [];
      for (const { id } of (await client.list(path)) as ConflictItem[]) {
        await client.send('POST', `${path}/${encodeURIComponent(id)}`, { take });
        ids.push(id);
      }
      return { json: { settled: ids }, text: settled(ids) };
    },
  );
}

function settled(ids: readonly string[]): string {
  return ids.length === 0 ? 'No open conflicts.' : ids.map((id) => `Settled ${id}.`).join('\n');
}
