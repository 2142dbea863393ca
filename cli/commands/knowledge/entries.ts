import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import { ApiRefused, type ApiClient } from '../../client/api-client.ts';
import { UsageError, asClient, type ClientIo, type Said } from '../../client/client-command.ts';
import { positive } from '../../client/number-option.ts';
import { entryPath, spacePath } from './paths.ts';
import { entriesTable, entryText, staleText, type Entry, type EntryItem } from './entry-text.ts';

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
      const search = new URLSearchParams({
        ...(kind === undefined ? {} : { kind }),
        ...(query === undefined ? {} : { q: query }),
        ...(status === undefined ? {} : { status }),
        ...(sort === undefined ? {} : { sort }),
      });
      const items = await client.list(`${spacePath(space)}/entries?${search.toString()}`, limit);
      return { json: items, text: entriesTable(items as EntryItem[]) };
    },
  );

  asClient(
    ofEntry(
      knowledge
        .command('show')
        .description('show an entry as it is now, including saves that are not in Git yet'),
    ),
    io,
    async (client, space: string, id: string) => {
      const entry = (await client.send('GET', entryPath(space, id))) as Entry;
      return { json: entry, text: entryText(entry) };
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
    async (client, space: string, id: string, options: EditOptions) => {
      const change = await changeOf(options);
      const { blob: base } = (await client.send('GET', entryPath(space, id))) as Entry;
      const path = `${entryPath(space, id)}${waiting(options)}`;
      return saved(() => client.send('PUT', path, { base, ...change, ...message(options) }));
    },
  );

  asClient(
    saving(
      ofEntry(knowledge.command('remove').description('remove an entry; its history is kept')),
    ),
    io,
    async (client, space: string, id: string, options: SaveOptions) => {
      const { blob } = (await client.send('GET', entryPath(space, id))) as Entry;
      const query = new URLSearchParams({
        base: blob,
        ...(options.wait === true ? { wait: 'commit' } : {}),
        ...message(options),
      });
      const answer = await client.send('DELETE', `${entryPath(space, id)}?${query.toString()}`);
      return { json: answer ?? { removed: id }, text: `Removed ${id}.` };
    },
  );

  asClient(
    ofEntry(knowledge.command('restore').description('save an earlier version again'))
      .argument('<commit>', 'the commit whose version to restore (see gitward knowledge history)')
      .option('--wait', 'wait until it is on the remote'),
    io,
    async (client, space: string, id: string, commit: string, options: SaveOptions) => {
      const base = await baseOf(client, entryPath(space, id));
      const body = { commit, ...(base === null ? {} : { base }) };
      const path = `${entryPath(space, id)}/actions/restore${waiting(options)}`;
      return saved(() => client.send('POST', path, body));
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
async function baseOf(client: ApiClient, path: string): Promise<string | null> {
  try {
    return ((await client.send('GET', path)) as Entry).blob;
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

function waiting({ wait }: SaveOptions): string {
  return wait === true ? '?wait=commit' : '';
}

function message({ message: text }: SaveOptions): { message?: string } {
  return text === undefined ? {} : { message: text };
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
async function saved(send: () => ReturnType<ApiClient['send']>): Promise<Said> {
  try {
    const entry = (await send()) as Entry;
    return { json: entry, text: entryText(entry) };
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    const text = staleText(error.problem);
    if (text === null) throw error;
    return { json: error.problem, text: `${error.message}\n\n${text}`, exitCode: 1 };
  }
}
