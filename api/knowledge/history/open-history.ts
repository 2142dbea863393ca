import type { FastifyRequest } from 'fastify';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import {
  listVersions,
  findVersionAt,
  type VersionAt,
  type VersionMoment,
  type EntryVersion,
} from '../../../db/knowledge/history.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** An entry that is there, or was. */
export interface EntryHistory {
  access: SpaceAccess;
  id: string;
  /** `null`: it was removed. */
  entry: Entry | null;
  /** The newest in Git; `null`: it was only saved yet. */
  newest: EntryVersion | null;
}

/**
 * The entry that the path names (`id`), as long as it is known or there are versions of it. Throws the 404 of one that
 * never was, also where the caller may not read it.
 */
export async function historyOf(
  deps: Pick<ApiDeps, 'db'>,
  request: FastifyRequest,
): Promise<EntryHistory> {
  const access = await spaceOf(deps, request);
  const { entry: id } = request.params as { entry: string };
  const spaceId = access.row.id;
  const known = !id.includes('\0');
  const entry = known ? await findEntry(deps.db, spaceId, id) : null;
  const page = { kinds: null, limit: 1, before: null };
  const [newest = null] = known ? await listVersions(deps.db, spaceId, id, page) : [];
  const kind = entry?.kind ?? newest?.kind;
  if (kind === undefined || !access.may('reader', kind)) throw entryNotFound(spaceId, id);
  return { access, id, entry, newest };
}

/** The entry as it was at a moment; `null` where it was not there. Throws the 404 of a commit that is not known. */
export async function versionOf(
  { db }: Pick<ApiDeps, 'db'>,
  { access, id }: EntryHistory,
  moment: VersionMoment,
): Promise<(VersionAt & { blob: string }) | null> {
  const found = await findVersionAt(db, access.row.id, id, moment);
  // A file may have been of another kind, which this caller may not read.
  const version = found !== null && access.may('reader', found.kind) ? found : null;
  if (version === null && 'commit' in moment)
    throw versionNotFound(`The commit ${moment.commit} is not known, or ${id} was not there yet.`);
  return version?.blob == null ? null : { ...version, blob: version.blob };
}

/** The refusal for an entry that never was. */
export function entryNotFound(spaceId: string, id: string): ApiProblem {
  return new ApiProblem(404, 'entry_not_found', `Space ${spaceId} has no entry ${id}.`);
}

/** The refusal for a version that is not there; `detail` says why. */
export function versionNotFound(detail: string): ApiProblem {
  return new ApiProblem(404, 'version_not_found', `${detail} GET …/versions lists what there is.`);
}
