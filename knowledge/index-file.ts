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
  throw new Error(`Not built yet: ${kind.name} ${root}`);
}

/** The index file of a kind: an entry a line, in the order of the ids, so that a change is a line. */
export function renderIndex(kind: Kind, entries: Iterable<IndexedEntry>): string {
  throw new Error(`Not built yet: ${kind.name} ${[...entries].length}`);
}
