import type { EntryContent } from '../../../db/knowledge/saves.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { readEntryBytes, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryProblem, Kind } from '../../../model/knowledge/entry.ts';
import { ApiProblem } from '../../http/problem.ts';

/** What a saved text is checked against. */
export interface CheckedAgainst {
  kind: Kind;
  /** The ids that the text may declare. */
  ids: readonly (string | null)[];
  /** The problems that were there before: a save does not have to fix them. */
  known: readonly EntryProblem[];
}

/**
 * Parses a text that someone saves. Throws 422 `entry_invalid`, with lines and pointers, for
 * problems that were not there before, and if the id has changed: a save must not make an entry
 * worse.
 */
export function checkedContent(text: string, { kind, ids, known }: CheckedAgainst): EntryContent {
  const read = readEntryBytes(Buffer.from(text), kind);
  const { id, problems } = read;
  const names = new Set(known.map(nameOf));
  const found = problems.filter((problem) => !names.has(nameOf(problem)));
  // Halves of surrogate pairs, and NUL, would become other characters in Git and in the database.
  if (found.length === 0 && read.text !== text)
    found.push({ code: 'not_utf8', line: 1, pointer: '', message: 'This is not Unicode text.' });
  if (found.length === 0 && !ids.includes(id))
    found.push({
      code: 'duplicate_id',
      line: 1,
      pointer: '/id',
      message: `The id must stay ${ids[0] ?? 'as it is'}; an entry with another id is another entry.`,
    });
  const [first] = found;
  if (first !== undefined)
    throw new ApiProblem(
      422,
      'entry_invalid',
      `Line ${first.line}: ${first.message} Nothing was saved.`,
      found.map(({ pointer, line, message }) => ({ pointer, message: `line ${line}: ${message}` })),
    );
  return contentOf(text, read);
}

/** A text and what was parsed from it, in the form in which it is stored, problems included. */
export function contentOf(text: string, read: ReadEntry): EntryContent {
  const { id: declaredId, title, fields, problems } = read;
  return { text, blob: textBlobId(text), declaredId, title, fields, problems };
}

/** A problem is the same if only its line has changed. */
function nameOf({ code, pointer, message }: EntryProblem): string {
  return JSON.stringify([code, pointer, message]);
}
