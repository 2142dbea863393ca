import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';

/** An entry as it is listed in the index file of its kind. */
export interface IndexedEntry {
  id: string;
  title: string;
  /** Relative to the repository's root. */
  path: string;
  fields: EntryFields;
}

/** A value whose JSON has more characters is not in the index, which is a list and not a copy of the entries. */
export const longestIndexed = 500;

/** The path of a kind's index file, relative to the repository's root: `<root>/.index/customers.json`. */
export function indexPath(kind: Kind, root: string): string {
  const of = kind.file === null ? kind.folder : kind.file.replace(/\.[^./]*$/, '');
  const name = of.replaceAll('/', '-');
  return `${indexFolder(root)}${name}.json`;
}

/** Whether a path, relative to the repository's root, is that of an index file. */
export function isIndexPath(path: string, root: string): boolean {
  return path.startsWith(indexFolder(root));
}

function indexFolder(root: string): string {
  return `${root === '' ? '' : `${root}/`}.index/`;
}

/**
 * The index file of a kind, with one line per entry, in the order of the ids, so that a changed entry is a
 * changed line.
 */
export function renderIndex(kind: Kind, entries: Iterable<IndexedEntry>): string {
  const lines = [...entries]
    .sort((one, other) => compare(one.id, other.id) || compare(one.path, other.path))
    .map((entry) => `  ${JSON.stringify(lineOf(kind, entry))}`);
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

function lineOf(kind: Kind, { id, title, path, fields }: IndexedEntry): JsonValue {
  const told = kind.indexFields.flatMap((name): [string, JsonValue][] => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || ['id', kind.titleField, 'path'].includes(name)) return [];
    return JSON.stringify(value).length > longestIndexed ? [] : [[name, value]];
  });
  return Object.fromEntries([['id', id], [kind.titleField, title], ['path', path], ...told]);
}

/** Compares by UTF-16 code units, which gives the same order on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
