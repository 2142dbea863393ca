import type { ConflictRow } from '../db/conflicts.ts';
import type { EntryContent } from '../db/saves.ts';
import { textBlobId } from '../knowledge/blob-id.ts';
import type { MergeInput } from '../knowledge/merge-entries.ts';
import { readEntry, readEntryBytes } from '../knowledge/read-entry.ts';
import type { EntryProblem } from '../model/entry.ts';
import { ApiProblem } from './problem.ts';

/**
 * What is in a text that a conflict is settled to. Throws 422 `entry_invalid` for what is wrong in it and in neither side:
 * a settlement must not make an entry worse.
 */
export function settledContent(
  text: string,
  { row, input }: { row: ConflictRow; input: MergeInput },
): EntryContent {
  const { git, mine, kind } = input;
  const { text: read, id, title, fields, problems } = readEntryBytes(Buffer.from(text), kind);
  const sides = [git, mine].flatMap((side) => (side === null ? [] : [readEntry(side, kind)]));
  const known = new Set(sides.flatMap((side) => side.problems).map(nameOf));
  const found = problems.filter((problem) => !known.has(nameOf(problem)));
  if (found.length === 0 && read !== text)
    found.push({ code: 'not_utf8', line: 1, pointer: '', message: 'This is not Unicode text.' });
  if (found.length === 0 && ![row.entry_id, ...sides.map((side) => side.id)].includes(id))
    found.push({
      code: 'duplicate_id',
      line: 1,
      pointer: '/id',
      message: `The id must stay ${row.entry_id}; an entry of another id is another entry.`,
    });
  const [first] = found;
  if (first !== undefined)
    throw new ApiProblem(
      422,
      'entry_invalid',
      `Line ${first.line}: ${first.message} Nothing was saved.`,
      found.map(({ pointer, line, message }) => ({ pointer, message: `line ${line}: ${message}` })),
    );
  return { text, blob: textBlobId(text), declaredId: id, title, fields, problems };
}

/** The same problem stays the same where its line moved. */
function nameOf({ code, pointer, message }: EntryProblem): string {
  return JSON.stringify([code, pointer, message]);
}
