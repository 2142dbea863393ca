import { editEntry } from '../../../knowledge/entries/edit-entry.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';

/**
 * The text that results from an edit. Throws 422 `edit_refused` if the edit cannot be proven to
 * change nothing else, and `entry_unreadable` if there is no text to edit.
 */
export function editedText(
  { id, before }: { id: string; before: string | null },
  kind: Kind,
  { text, fields, body }: { text?: string; fields?: Record<string, unknown>; body?: string },
): string {
  if (text !== undefined && (fields !== undefined || body !== undefined))
    throw fieldProblem('/text', 'is the whole file: leave out `fields` and `body`');
  if (text !== undefined) return text;
  if (before === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${id} is not UTF-8 text of at most 1 MiB. Change it with git.`,
    );
  const edited = editEntry(before, kind, {
    ...(fields === undefined ? {} : { fields: fields as EntryFields }),
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
