import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';

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
  const of = kind.file === null ? kind.folder : kind.file.replace(/\.[^./]*$/, '');
  const name = of.replaceAll('/', '-');
  return `${root === '' ? '' : `${root}/`}.index/${name}.json`;
}

/** The index file of a kind: an entry a line, in the order of the ids, so that a change is a line. */
export function renderIndex(kind: Kind, entries: Iterable<IndexedEntry>): string {
  const lines = [...entries]
    .sort((one, other) => compare(one.id, other.id) || compare(one.path, other.path))
    .map((entry) => `  ${JSON.stringify(lineOf(kind, entry))}`);
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

function lineOf(kind: Kind, { id, title, path, fields }: IndexedEntry): JsonValue {
  const told = kind.indexFields.flatMap((name): [string, JsonValue][] => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return value === undefined || ['id', kind.titleField, 'path'].includes(name)
      ? []
      : [[name, value]];
  });
  return Object.fromEntries([['id', id], [kind.titleField, title], ['path', path], ...told]);
}

/** By code units: the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
