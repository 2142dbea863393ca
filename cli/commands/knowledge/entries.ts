import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import { ApiRefused, type ApiClient } from '../../client/api-client.ts';
import { UsageError, asClient, type ClientIo, type Said } from '../../client/client-command.ts';
import { positive } from '../../client/number-option.ts';
import { entriesTable, entryText, staleText, type Entry } from './entry-text.ts';

/** Adds `gitward knowledge entries`, `show`, `edit`, `remove` and `restore`. */
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
      .option('--limit <number>', 'maximum number of entries', positive, 50),
    io,
    async (client, space: string, { limit, query, ...options }: ListOptions) => {
      const { kind, status, sort } = options;
      const asked = { space, query: { kind, q: query, status, sort } };
      const items = await client.list('GET /v1/spaces/:space/entries', asked, limit);
      return { json: items, text: entriesTable(items) };
    },
  );

  asClient(
    ofEntry(
      knowledge
        .command('show')
        .description('show an entry as it is now, including saves that are not in Git yet'),
    ),
    io,
    async (client, space: string, entry: string) => {
      const shown = await client.send('GET /v1/spaces/:space/entries/:entry', { space, entry });
      return { json: shown, text: entryText(shown) };
    },
  );

  asClient(
    saving(
      ofEntry(
        knowledge
          .command('edit')
          .description('change parts of an entry; the rest stays the same, byte for byte'),
      ),
    )
      .option(
        '--set <field=value>',
        'a field and its new value: text or JSON (null removes the field); can be repeated',
        collect,
        [],
      )
      .option('--body-file <path>', 'a file with the new text that follows the front matter'),
    io,
    async (client, space: string, entry: string, options: EditOptions) => {
      const change = await changeOf(options);
      const one = { space, entry };
      const { blob: base } = await client.send('GET /v1/spaces/:space/entries/:entry', one);
      return saved(() =>
        client.send('PUT /v1/spaces/:space/entries/:entry', {
          ...one,
          query: { wait: waitOf(options) },
          body: { base, ...change, message: options.message },
        }),
      );
    },
  );

  asClient(
    saving(
      ofEntry(knowledge.command('remove').description('remove an entry; its history is kept')),
    ),
    io,
    async (client, space: string, entry: string, options: SaveOptions) => {
      const one = { space, entry };
      const { blob: base } = await client.send('GET /v1/spaces/:space/entries/:entry', one);
      await client.send('DELETE /v1/spaces/:space/entries/:entry', {
        ...one,
        query: { base, wait: waitOf(options), message: options.message },
      });
      return { json: { removed: entry }, text: `Removed ${entry}.` };
    },
  );

  asClient(
    ofEntry(knowledge.command('restore').description('save an earlier version again'))
      .argument('<commit>', 'the commit whose version to restore (see gitward knowledge history)')
      .option('--wait', 'wait until it is on the remote'),
    io,
    async (client, space: string, entry: string, commit: string, options: SaveOptions) => {
      const one = { space, entry };
      const base = await baseOf(client, one);
      return saved(() =>
        client.send('POST /v1/spaces/:space/entries/:entry/actions/restore', {
          ...one,
          query: { wait: waitOf(options) },
          body: { commit, ...(base === null ? {} : { base }) },
        }),
      );
    },
  );
}

interface ListOptions {
  kind?: string;
  query?: string;
  status?: string;
  sort?: string;
  limit: number;
}

interface SaveOptions {
  message?: string;
  wait?: boolean;
}

interface EditOptions extends SaveOptions {
  set: string[];
  bodyFile?: string;
}

/** The blob id of an entry's head; `null` if the entry was removed. */
async function baseOf(
  client: ApiClient,
  one: { space: string; entry: string },
): Promise<string | null> {
  try {
    return (await client.send('GET /v1/spaces/:space/entries/:entry', one)).blob;
  } catch (error) {
    if (error instanceof ApiRefused && error.status === 404) return null;
    throw error;
  }
}

function ofEntry(command: Command): Command {
  return command.argument('<space>').argument('<entry>', "the entry's id");
}

function saving(command: Command): Command {
  return command
    .option('-m, --message <text>', 'the commit message')
    .option('--wait', 'wait until it is on the remote');
}

function waitOf({ wait }: SaveOptions): 'commit' | undefined {
  return wait === true ? 'commit' : undefined;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

async function changeOf({ set, bodyFile }: EditOptions): Promise<{
  fields?: EntryFields;
  body?: string;
}> {
  if (set.length === 0 && bodyFile === undefined)
    throw new UsageError('Say what changes: --set field=value, or --body-file.');
  return {
    ...(set.length === 0 ? {} : { fields: Object.fromEntries(set.map(fieldOf)) }),
    ...(bodyFile === undefined ? {} : { body: await bodyOf(bodyFile) }),
  };
}

function fieldOf(given: string): [string, JsonValue] {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`"${given}" is not field=value.`);
  return [given.slice(0, at), valueOf(given.slice(at + 1))];
}

/** Numbers, lists and so on are parsed as JSON; anything that is not JSON is text. */
function valueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

async function bodyOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
}

/** Saves; if someone else has saved in the meantime, shows their version and says what to do. */
async function saved(send: () => Promise<Entry>): Promise<Said> {
  try {
    const entry = await send();
    return { json: entry, text: entryText(entry) };
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    const text = staleText(error);
    if (text === null) throw error;
    return { json: error.problem, text: `${error.message}\n\n${text}`, exitCode: 1 };
  }
}
