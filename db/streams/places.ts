import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { mirrorOfStream, mirrorStream } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { repositoryKey } from '../../model/streams/place-keys.ts';
import { pathKey } from '../../model/text/path-key.ts';

/** A folder on a branch of a repository. `folder` has no slashes at its ends; `''` is the root. */
export interface Place {
  url: string;
  branch: string;
  folder: string;
}

/**
 * Finds another stream, not ended, whose files would be among those of `stream` in this place, or
 * the other way round, however each of them is spelled; `null` if there is none. Locks the branch of the repository until
 * the transaction ends: anyone who asks for a place there waits, and then sees what was stored.
 */
export async function findPlaceOwner(
  db: Db,
  stream: StreamId,
  place: Place,
): Promise<StreamId | null> {
  const { url, branch, folder } = place;
  const key = `${repositoryKey(url)}\n${branch}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
  const others = [...(await mirrorsOn(db, place)), ...(await spacesOn(db, place))];
  const claim = { folder, owned: await ownedBy(db, stream) };
  const owner = others.find((other) => other.stream !== stream && clash(other, claim));
  return owner?.stream ?? null;
}

interface Claim {
  folder: string;
  /** The folders inside it that belong to the stream; `null` means all of it. */
  owned: readonly string[] | null;
}

/** A mirror owns the folders that its project's platform defines, a space its whole root. */
async function ownedBy(db: Db, stream: StreamId): Promise<Claim['owned']> {
  const mirror = mirrorOfStream(stream);
  if (mirror === null) return null;
  const project = await db
    .selectFrom('projects')
    .select('ownedFolders')
    .where('id', '=', mirror.projectId)
    .executeTakeFirst();
  return project?.ownedFolders ?? [];
}

async function mirrorsOn(
  db: Db,
  { url, branch }: Place,
): Promise<(Claim & { stream: StreamId })[]> {
  const rows = await db
    .selectFrom('mirrors')
    .innerJoin('projects', 'projects.id', 'mirrors.projectId')
    .select(['projectId', 'branchId', 'repositoryUrl', 'subdirectory', 'ownedFolders'])
    .where('repositoryBranch', '=', branch)
    .where('endedAt', 'is', null)
    .execute();
  return rows.filter(isOf(url)).map((row) => ({
    stream: mirrorStream({ projectId: row.projectId, branchId: row.branchId }),
    folder: row.subdirectory,
    owned: row.ownedFolders,
  }));
}

async function spacesOn(db: Db, { url, branch }: Place): Promise<(Claim & { stream: StreamId })[]> {
  const rows = await db
    .selectFrom('spaces')
    .select(['id', 'repositoryUrl', 'root'])
    .where('repositoryBranch', '=', branch)
    .where('endedAt', 'is', null)
    .execute();
  return rows
    .filter(isOf(url))
    .map(({ id, root }) => ({ stream: spaceStream(id), folder: root, owned: null }));
}

/** Whether a row is of the same repository. Enabling is rare, so the addresses are compared here. */
function isOf(url: string): (row: { repositoryUrl: string }) => boolean {
  const wanted = repositoryKey(url);
  return ({ repositoryUrl }) => repositoryKey(repositoryUrl) === wanted;
}

function clash(a: Claim, b: Claim): boolean {
  return pathKey(a.folder) === pathKey(b.folder) || owns(a, b.folder) || owns(b, a.folder);
}

function owns({ folder, owned }: Claim, inner: string): boolean {
  if (owned === null) return isWithin(inner, folder);
  return owned.some((one) => isWithin(inner, folder === '' ? one : `${folder}/${one}`));
}

function isWithin(inner: string, outer: string): boolean {
  const [one, other] = [pathKey(inner), pathKey(outer)];
  return other === '' || one === other || one.startsWith(`${other}/`);
}
