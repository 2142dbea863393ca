import type { EntryFields, EntryProblemCode, Kind } from '../model/entry.ts';
import { readEntry } from './read-entry.ts';

/** An entry's text in two: put together they are the text. */
export interface SplitEntry {
  /** The front matter with its fences; the whole of a JSON file. */
  head: string;
  body: string;
  /** `null` where the front matter cannot be read. */
  fields: EntryFields | null;
}

const unread: readonly EntryProblemCode[] = ['unparsable', 'not_utf8', 'too_large'];

/** Splits an entry's text; lets others run first, since reading does not. */
export async function splitEntry(text: string, kind: Kind): Promise<SplitEntry> {
  await new Promise((resolve) => setImmediate(resolve));
  if (text === '') return { head: '', body: '', fields: {} };
  const { fields, body, problems } = readEntry(text, kind);
  return {
    head: text.slice(0, text.length - body.length),
    body,
    fields: problems.some(({ code }) => unread.includes(code)) ? null : fields,
  };
}
