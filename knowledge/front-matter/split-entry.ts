import type { EntryFields, EntryProblemCode, Kind } from '../../model/knowledge/entry.ts';
import { readEntry } from '../entries/read-entry.ts';
import { yamlLimits } from './yaml-document.ts';

/** An entry's text in two parts. Joined, they are the text again. */
export interface SplitEntry {
  /** The front matter with its fences, or the whole of a JSON file. */
  head: string;
  body: string;
  /** `null` if the front matter cannot be read, or is too long to be edited field by field. */
  fields: EntryFields | null;
}

const unread: readonly EntryProblemCode[] = ['unparsable', 'not_utf8', 'too_large', 'lfs_pointer'];

/** Splits an entry's text. Yields to other work first, because reading does not. */
export async function splitEntry(text: string, kind: Kind): Promise<SplitEntry> {
  await new Promise((resolve) => setImmediate(resolve));
  if (text === '') return { head: '', body: '', fields: {} };
  // No field of a longer text can be edited, so parsing it would only delay other work.
  if (kind.format === 'json' && text.length > yamlLimits.bytes)
    return { head: text, body: '', fields: null };
  const { fields, body, problems } = readEntry(text, kind);
  return {
    head: text.slice(0, text.length - body.length),
    body,
    fields: problems.some(({ code }) => unread.includes(code)) ? null : fields,
  };
}
