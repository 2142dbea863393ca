import type { EntryFields, Kind } from '../model/entry.ts';

/** An entry as its kind's index file tells of it. */
export interface IndexedEntry {
  id: string;
  title: string;
  /** From the repository's root. */
  path: string;
  fields: EntryFields;
}

/** Where a kind's index file is, from the repository's root: `<root>/.index/customers.json`. */
export function indexPath(kind: Kind, root: string): string {
  const inner = `.index/${kind.file ?? `${kind.folder}.json`}`;
  return root === '' ? inner : `${root}/${inner}`;
}

/**
 * The index file of a kind: an entry a line, in the order of the ids (by UTF-16 code units, so that it is the same
 * everywhere), so that a change is a line.
 */
export function renderIndex(kind: Kind, entries: Iterable<IndexedEntry>): string {
  const lines = [...entries]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((entry) => `    ${lineOf(kind, entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "kind": ${JSON.stringify(kind.name)},\n  "entries": ${list}\n}\n`;
}

function lineOf(kind: Kind, { id, title, path, fields }: IndexedEntry): string {
  const more = kind.indexFields
    .filter((name) => Object.hasOwn(fields, name) && !['id', 'title', 'path'].includes(name))
    .map((name) => [name, fields[name]] as const);
  return JSON.stringify(
    Object.fromEntries([['id', id], ['title', title], ['path', path], ...more]),
  );
}
