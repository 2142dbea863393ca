import type { FastifyRequest } from 'fastify';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import {
  listVersions,
  findVersionAt,
  type VersionAt,
  type VersionMoment,
  type EntryVersion,
} from '../../../db/knowledge/history/history.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** An entry that exists, or once existed. */
export interface EntryHistory {
  access: SpaceAccess;
  id: string;
  /** `null` if it was removed. */
  entry: Entry | null;
  /** The newest version in Git; `null` if it has only been saved so far. */
  newest: EntryVersion | null;
}

/**
 * The entry that the path names (`id`), if it exists or has any versions. Throws the same 404 if it
 * never existed and if the caller may not read it.
 */
export async function historyOf(
  deps: Pick<ApiDeps, 'db'>,
  request: FastifyRequest,
): Promise<EntryHistory> {
  const access = await spaceOf(deps, request);
  const { entry: id } = request.params as { entry: string };
  return historyIn(deps, access, id);
}

/** Like {@link historyOf}, for an entry by its id. */
export async function historyIn(
  deps: Pick<ApiDeps, 'db'>,
  access: SpaceAccess,
  id: string,
): Promise<EntryHistory> {
  const spaceId = access.row.id;
  const known = !id.includes('\0');
  const entry = known ? await findEntry(deps.db, spaceId, id) : null;
  const page = { kinds: null, limit: 1, before: null };
  const [newest = null] = known ? await listVersions(deps.db, spaceId, id, page) : [];
  const kind = entry?.kind ?? newest?.kind;
  if (kind === undefined || !access.may('reader', kind)) throw entryNotFound(spaceId, id);
  return { access, id, entry, newest };
}

/**
 * The entry as it was at a moment; `null` if it did not exist then. Throws 404 if the commit is not
 * known.
 */
export async function versionOf(
  { db }: Pick<ApiDeps, 'db'>,
  { access, id }: EntryHistory,
  moment: VersionMoment,
): Promise<(VersionAt & { blob: string }) | null> {
  const found = await findVersionAt(db, access.row.id, id, moment);
  // The file may have had another kind at the time, which this caller may not read.
  const version = found !== null && access.may('reader', found.kind) ? found : null;
  if (version === null && 'commit' in moment)
    throw versionNotFound(
      id,
      `The commit ${moment.commit} is not known, or ${id} did not exist yet.`,
    );
  return version?.blob == null ? null : { ...version, blob: version.blob };
}

/**
 * Where the entry was in Git at a moment (`null`: in the newest commit). Throws 404 if it was not
 * there, or the caller may not read what it was then.
 */
export async function versionInGit(
  deps: Pick<ApiDeps, 'db'>,
  history: EntryHistory,
  moment: VersionMoment | null,
): Promise<{ sha: string; path: string }> {
  const { access, id, newest } = history;
  if (moment !== null) {
    const version = await versionOf(deps, history, moment);
    if (version === null) throw versionNotFound(id, `${id} did not exist then.`);
    return version;
  }
  if (newest?.blobId == null || !access.may('reader', newest.kind))
    throw versionNotFound(id, `${id} is not in Git.`);
  return newest;
}

/** The problem for an entry that never existed. */
export function entryNotFound(spaceId: string, id: string): ApiProblem {
  return new ApiProblem(404, 'entry_not_found', `Space ${spaceId} has no entry ${id}.`);
}

/** The problem for a version of an entry that does not exist; `detail` says why. */
export function versionNotFound(id: string, detail: string): ApiProblem {
  return new ApiProblem(
    404,
    'version_not_found',
    `${detail} The history of ${id} lists its versions.`,
  );
}
