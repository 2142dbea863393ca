import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { findCommitOfBlob } from '../../../db/knowledge/history/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { AskedSave } from './asked-save.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { textOfVersion } from '../history/text-of-version.ts';

/**
 * The 409 for a save whose base is no longer the head. `base`, `theirs` and `yours` are the three
 * texts (`null`: none, or not known), and `merge` is the result of merging them: save its text with
 * `blob`, the current head, as the base.
 */
export async function staleBase(
  deps: ApiDeps,
  access: SpaceAccess,
  { id, kind, base, content, action }: AskedSave,
  head: Entry | null,
): Promise<ApiProblem> {
  // If the caller may not read the kind of the existing entry, we only say that the id is taken.
  if (head !== null && !access.may('reader', head.kind))
    return new ApiProblem(409, 'entry_exists', `The id ${id} is taken.`);
  const theirs = head?.headText ?? null;
  const blob = head?.headBlob ?? null;
  if (base === null)
    return new ApiProblem(409, 'entry_exists', `There already is an entry ${id}.`, [], null, {
      theirs,
      yours: content?.text ?? null,
      blob,
    });
  const baseText = await textOfBase(deps, access, id, base);
  // A move keeps the text that was seen.
  const yours = action === 'move' ? baseText : (content?.text ?? null);
  const known = baseText !== null && (blob === null || theirs !== null);
  const merged = known
    ? await mergeEntries({
        kind,
        base: baseText,
        git: theirs,
        mine: yours,
        mergeTexts: deps.texts.merge,
      })
    : null;
  const merge =
    merged?.kind === 'clean' && merged.text !== null
      ? { ...merged, blob: textBlobId(merged.text) }
      : merged;
  return new ApiProblem(
    409,
    'base_stale',
    `${id} has changed since ${base}: ${blob === null ? 'it was removed' : `it is now ${blob}`}. ` +
      (merge?.kind === 'clean'
        ? 'The two changes do not conflict: save the merged text with the new base.'
        : 'Compare both sides, and save again with the new base.'),
    [],
    null,
    { base: baseText, theirs, yours, merge, blob },
  );
}

/**
 * The text of a blob that an entry has or had: from its head, a save, or from Git; `null` if it cannot
 * be found.
 */
export async function textOfBase(
  deps: ApiDeps,
  { row }: SpaceAccess,
  id: string,
  blob: string,
): Promise<string | null> {
  const entry = await findEntry(deps.db, row.id, id);
  for (const text of [
    entry?.headText,
    entry?.gitText,
    ...(await listSavedTexts(deps.db, row.id, id)),
  ])
    if (text != null && textBlobId(text) === blob) return text;
  const sha = await findCommitOfBlob(deps.db, row.id, id, blob);
  return sha === null ? null : textOfVersion(deps, row, blob, sha);
}
