import { editEntry } from '../../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { isLfsPointer, storedWithLfs } from '../../../knowledge/entries/lfs-pointer.ts';
import { typedFields } from '../../../knowledge/entries/typed-fields.ts';
import { keepLineEnds } from '../../../knowledge/front-matter/keep-line-ends.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';

/**
 * The text that results from an edit. The file keeps its line ends, also if the edit is the whole text. Throws 422 `edit_refused` if the edit cannot be proven to
 * change nothing else, and `entry_unreadable` if there is no text to edit.
 */
export function editedText(
  { id, before }: { id: string; before: string | null },
  kind: Kind,
  { text, fields, body }: { text?: string; fields?: Record<string, unknown>; body?: string },
): string {
  if (text !== undefined && (fields !== undefined || body !== undefined))
    throw fieldProblem('/text', 'is the whole file: leave out `fields` and `body`');
  if (before !== null && isLfsPointer(before)) throw lfsRefusal(id);
  if (text !== undefined) return before === null ? text : keepLineEnds(before, text);
  if (before === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${id} is not UTF-8 text of at most 1 MiB. Change it with git.`,
    );
  const edited = editEntry(before, kind, {
    ...(fields === undefined
      ? {}
      : { fields: typedFields(fields as EntryFields, readEntry(before, kind).fields) }),
    ...(body === undefined ? {} : { body }),
  });
  if (edited.kind === 'edited') return edited.text;
  throw new ApiProblem(
    422,
    'edit_refused',
    `Line ${edited.line}: ${edited.message} Save the whole file instead.`,
    [{ pointer: `/fields${edited.pointer}`, message: `line ${edited.line}: ${edited.message}` }],
  );
}

/** The 422 for a save of a file whose content is not in Git, but in Git LFS. */
export function lfsRefusal(id: string): ApiProblem {
  return new ApiProblem(422, 'edit_refused', `${id} cannot be changed here. ${storedWithLfs}`);
}
