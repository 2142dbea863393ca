import { findEntry } from '../../../db/knowledge/entries.ts';
import { listBlobsBeginning, listCommitsBeginning } from '../../../db/knowledge/history/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { fewestDigits, momentOf, type Moment } from '../../http/moment.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/**
 * Which moment of a space's history a caller means (see {@link momentOf}); a commit is named by its
 * first digits, if no other commit of the branch begins with them. Throws 404 `version_not_found`
 * and 422.
 */
export async function momentIn(
  deps: Pick<ApiDeps, 'db'>,
  access: SpaceAccess,
  text: string,
  pointer: string,
): Promise<Moment> {
  const moment = momentOf(text, pointer, fewestDigits);
  if ('at' in moment) return moment;
  return { commit: await commitNamed(deps, access, moment.commit, pointer) };
}

/** The id of the commit of a space's branch that begins with these digits. Throws like {@link momentIn}. */
export async function commitNamed(
  { db }: Pick<ApiDeps, 'db'>,
  access: SpaceAccess,
  digits: string,
  pointer: string,
): Promise<string> {
  const start = shortName(digits, pointer, 'a commit');
  if (start.length === 40) return start;
  const [sha, other] = await listCommitsBeginning(db, access.row.id, start, access.kinds('reader'));
  if (other !== undefined)
    throw fieldProblem(
      pointer,
      `${digits} is the beginning of several commits: give more of its digits`,
    );
  if (sha === undefined)
    throw new ApiProblem(
      404,
      'version_not_found',
      `The branch of ${access.row.id} has no commit that begins with ${digits}, or it changed no entry.`,
    );
  return sha;
}

/**
 * The blob id of the version of an entry that begins with these digits: of its head, of a save, or
 * of a version in Git. Throws 422 if there is none, or more than one, so that a version that the
 * caller did not see cannot be taken for the one that they saw.
 */
export async function blobNamed(
  { db }: Pick<ApiDeps, 'db'>,
  { row }: SpaceAccess,
  id: string,
  digits: string,
): Promise<string> {
  const start = shortName(digits, '/base', 'the base that was shown');
  if (start.length === 40) return start;
  const [entry, saved, versions] = await Promise.all([
    findEntry(db, row.id, id),
    listSavedTexts(db, row.id, id),
    listBlobsBeginning(db, row.id, id, start),
  ]);
  const known = [entry?.headBlob ?? '', entry?.gitBlob ?? '', ...saved.map(textBlobId)];
  const found = new Set([...known.filter((blob) => blob.startsWith(start)), ...versions]);
  const [blob] = found;
  if (blob === undefined)
    throw fieldProblem('/base', `${digits} is not the beginning of a version of ${id}`);
  if (found.size > 1)
    throw fieldProblem(
      '/base',
      `${digits} is the beginning of several versions of ${id}: give more of its digits`,
    );
  return blob;
}

/** The digits as git writes them. Throws 422 if they are not the beginning of an id. */
function shortName(digits: string, pointer: string, what: string): string {
  if (/^[0-9a-f]{1,40}$/i.test(digits) && digits.length >= fewestDigits)
    return digits.toLowerCase();
  throw fieldProblem(
    pointer,
    `must be ${what}: 40 hex digits, or at least the first ${fewestDigits} of them`,
  );
}
