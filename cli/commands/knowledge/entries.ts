import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { positive } from '../../client/number-option.ts';
import { entriesTable, entryText } from './entry-text.ts';

interface ListOptions {
  kind?: string;
  query?: string;
  status?: string;
  sort?: string;
  env?: string;
  limit: number;
}

/** Adds `gitward knowledge entries` and `show`. */
export function addKnowledgeEntries(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('entries')
      .description('list entries')
      .argument('<space>')
      .option('--kind <kind>', 'only entries of this kind')
      .option('-q, --query <words>', 'only entries that contain these words')
      .option('--status <status>', 'only entries with this status: pending, conflict, invalid, …')
      .option(
        '--sort <field>',
        'title, updated, id or a field; a leading - (-updated) reverses the order',
      )
      .option('--env <name>', 'the entries of a kind as this environment has them, by their ids')
      .option('--limit <number>', 'maximum number of entries', positive, 50),
    io,
    async (client, space: string, { limit, query, ...options }: ListOptions) => {
      const { kind, status, sort, env } = options;
      const asked = { space, query: { kind, q: query, status, sort, env } };
      const items = await client.list('GET /v1/spaces/:space/entries', asked, limit);
      return { json: items, text: entriesTable(items) };
    },
  );

  asClient(
    ofEntry(
      knowledge
        .command('show')
        .description('show an entry as it is now, including saves that are not in Git yet'),
    )
      .option('--at <when>', 'as it was: a commit, a date, or how long ago: 1w, 1m, 6m')
      .option('--env <name>', 'as this environment has it'),
    io,
    async (client, space: string, entry: string, options: { at?: string; env?: string }) => {
      const { at, env } = options;
      const asked = { space, entry, query: { at, env } };
      const shown = await client.send('GET /v1/spaces/:space/entries/:entry', asked);
      return { json: shown, text: entryText(shown) };
    },
  );
}

/** Adds the arguments that name an entry. */
export function ofEntry(command: Command): Command {
  return command.argument('<space>').argument('<entry>', "the entry's id");
}
