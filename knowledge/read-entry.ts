import type { EntryFields, EntryProblem, Kind } from '../model/entry.ts';

/** What is in an entry's file. */
export interface ReadEntry {
  /** The id that the file declares (a number as its text); `null` where it has none that can be used. */
  id: string | null;
  /** What people call it: the kind's title field, else the id, else `''`. */
  title: string;
  fields: EntryFields;
  /** What follows the front matter, as it is; `''` for JSON. */
  body: string;
  problems: EntryProblem[];
}

/** Reads an entry. Never throws: what is wrong is in `problems`, and the rest is as good as it can be. */
export function readEntry(text: string, kind: Kind): ReadEntry {
  throw new Error(`Not built yet: ${text.length} ${kind.name}`);
}

/**
 * Reads an entry's bytes. `text` is `null` where they are not UTF-8, hold NUL, or are more than 1 MiB (then
 * `content` may be `null`, too).
 */
export function readEntryBytes(
  content: Uint8Array | null,
  kind: Kind,
): ReadEntry & { text: string | null } {
  throw new Error(`Not built yet: ${content?.length ?? 0} ${kind.name}`);
}
