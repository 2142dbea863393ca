import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import type { Command } from 'commander';
import { UsageError, asClient, type ClientIo } from '../../client/client-command.ts';
import { readText } from '../../client/read-text.ts';
import { collect } from '../../client/repeated-option.ts';
import { runOperation } from './operations.ts';

interface ImportOptions {
  kind?: string;
  column: string[];
  dryRun?: boolean;
  update?: boolean;
}

/** Adds `gitward knowledge import`. */
export function addKnowledgeImport(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('import')
      .description('import folders of Markdown files, or a database table as CSV or JSON')
      .argument('<space>')
      .argument('<paths...>', 'folders and .md files; or a single .csv or .json file, with --kind')
      .option(
        '--kind <kind>',
        'the kind of table rows, and of files that are not in the folder of a kind',
      )
      .option(
        '--column <column=field>',
        'where a column of a table goes: a field, body (the text), or nowhere (COLUMN=); can be repeated',
        collect,
        [],
      )
      .option('--no-update', 'leave existing entries as they are')
      .option('--dry-run', 'only report what it would do'),
    io,
    async (client, space: string, paths: string[], options: ImportOptions) => {
      const { kind, column, dryRun = false, update = true } = options;
      const columns = columnsFrom(column);
      return runOperation(client, io, space, 'import', {
        ...(kind === undefined ? {} : { kind }),
        dryRun,
        update,
        ...(column.length === 0 ? {} : { columns }),
        ...(await read(paths, kind)),
      });
    },
  );
}

async function read(paths: readonly string[], kind: string | undefined): Promise<object> {
  const [first] = paths;
  const table = paths.find((path) => formats.has(extname(path).toLowerCase()));
  if (table !== undefined) {
    if (first === undefined || paths.length > 1)
      throw new UsageError(
        `Import ${table} by itself: a table cannot be combined with other files.`,
      );
    if (kind === undefined)
      throw new UsageError(`Use --kind to say what the rows of ${table} are.`);
    const format = formats.get(extname(first).toLowerCase());
    return { format, content: await readText(first) };
  }
  const items = (await Promise.all(paths.map(filesOf))).flat();
  if (items.length === 0)
    throw new UsageError(`There are no Markdown files in ${paths.join(', ')}.`);
  return { items };
}

/** Where columns go. A name may contain `=`, as what it goes to does not. Throws {@link UsageError}. */
function columnsFrom(given: readonly string[]): Record<string, string | null> {
  const columns = new Map<string, string | null>();
  for (const one of given) {
    const at = one.lastIndexOf('=');
    if (at < 1) throw new UsageError(`"${one}" is not column=field.`);
    const column = one.slice(0, at);
    if (columns.has(column))
      throw new UsageError(`Say only once with --column where ${column} goes.`);
    columns.set(column, one.slice(at + 1) || null);
  }
  return Object.fromEntries(columns);
}

const formats = new Map([
  ['.csv', 'csv'],
  ['.json', 'json'],
]);

interface File {
  name: string;
  content: string;
}

/**
 * A file, or all files in a folder that may be entries; hidden files (Git's own, indexes, schemas)
 * are not.
 */
async function filesOf(path: string): Promise<File[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (cause: unknown) => {
      throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
    },
  );
  if (!isFolder) return [{ name: basename(path), content: await readText(path) }];
  // Only a command that runs loads more than what parses command lines.
  const { fileRole } = await import('../../../knowledge/import/import-files.ts');
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(path, sep).length))
    .map((name) => ({ path: name, name: name.split(sep).join('/') }))
    .filter(({ name }) => fileRole(name) === 'entry')
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const files: File[] = [];
  for (const { path: below, name } of names)
    files.push({ name, content: await readText(join(path, below)) });
  return files;
}
