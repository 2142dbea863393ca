import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { findCommitOfBlob } from '../../../db/knowledge/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { AskedSave } from './asked-save.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { textOfVersion } from '../history/text-of-version.ts';

/**
 * The 409 of a save whose base is not the head any more: `base`, `theirs` and `yours` are the three texts (`null`: none, or not
 * known), `merge` what they come to: save its text on `blob`, the head as it is now.
 */
export async function staleBase(
  deps: ApiDeps,
  access: SpaceAccess,
  { id, kind, base, content }: AskedSave,
  head: Entry | null,
): Promise<ApiProblem> {
  // An id of a kind that the caller may not read is taken; what is in it stays unsaid.
  if (head !== null && !access.may('reader', head.kind))
    return new ApiProblem(409, 'entry_exists', `The id ${id} is taken.`);
  const theirs = head?.headText ?? null;
  const yours = content?.text ?? null;
  const blob = head?.headBlob ?? null;
  if (base === null)
    return new ApiProblem(409, 'entry_exists', `There is an entry ${id} already.`, [], null, {
      theirs,
      yours,
      blob,
    });
  const baseText = await textOfBase(deps, access, id, base);
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
    `${id} changed since ${base}: ${blob === null ? 'it was removed' : `it is ${blob} now`}. ` +
      (merge?.kind === 'clean'
        ? 'Both changes fit together: save the merged text on the new base.'
        : 'Look at both sides, and save again on the new base.'),
    [],
    null,
    { base: baseText, theirs, yours, merge, blob },
  );
}

/** The text of a blob that an entry had once: as it was saved, or as Git has it; `null` where nobody knows it. */
export async function textOfBase(
  deps: ApiDeps,
  { row }: SpaceAccess,
  id: string,
  blob: string,
): Promise<string | null> {
  const entry = await findEntry(deps.db, row.id, id);
  for (const text of [entry?.gitText, ...(await listSavedTexts(deps.db, row.id, id))])
    if (text != null && textBlobId(text) === blob) return text;
  const sha = await findCommitOfBlob(deps.db, row.id, id, blob);
  return sha === null ? null : textOfVersion(deps, row, blob, sha);
}
