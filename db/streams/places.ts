import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { ownedFolders } from '../../model/mirror/mirror.ts';

/** A folder on a branch of a repository; `folder` without slashes at its ends, `''` is the root. */
export interface Place {
  url: string;
  branch: string;
  folder: string;
}

/**
 * Another stream, not ended, whose files would be among those of `stream` in this place, or the other way round;
 * `null` where there is none. It holds the repository's branch until the transaction ends: whoever asks for a place
 * there meanwhile waits, and sees what was stored.
 */
export async function placeOwner(db: Db, stream: StreamId, place: Place): Promise<StreamId | null> {
  const { url, branch, folder } = place;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${url}\n${branch}`}, 0))`.execute(db);
  const others = [...(await mirrorsOn(db, place)), ...(await spacesOn(db, place))];
  const isMirror = stream.startsWith('mirror/');
  const owner = others.find(
    (other) => other.stream !== stream && clash(other, { folder, isMirror }),
  );
  return owner?.stream ?? null;
}

interface Claim {
  folder: string;
  isMirror: boolean;
}

async function mirrorsOn(
  db: Db,
  { url, branch }: Place,
): Promise<(Claim & { stream: StreamId })[]> {
  const rows = await db
    .selectFrom('mirrors')
    .select(['projectId', 'branchId', 'subdirectory'])
    .where('repositoryUrl', '=', url)
    .where('repositoryBranch', '=', branch)
    .where('endedAt', 'is', null)
    .execute();
  return rows.map((row) => ({
    stream: mirrorStream({ projectId: row.projectId, branchId: row.branchId }),
    folder: row.subdirectory,
    isMirror: true,
  }));
}

async function spacesOn(db: Db, { url, branch }: Place): Promise<(Claim & { stream: StreamId })[]> {
  const rows = await db
    .selectFrom('spaces')
    .select(['id', 'root'])
    .where('repositoryUrl', '=', url)
    .where('repositoryBranch', '=', branch)
    .where('endedAt', 'is', null)
    .execute();
  return rows.map(({ id, root }) => ({ stream: spaceStream(id), folder: root, isMirror: false }));
}

/** A mirror owns some folders of its place, a space all of its root. */
function clash(a: Claim, b: Claim): boolean {
  return a.folder === b.folder || owns(a, b.folder) || owns(b, a.folder);
}

function owns({ folder, isMirror }: Claim, inner: string): boolean {
  if (!isMirror) return isWithin(inner, folder);
  return ownedFolders.some((owned) =>
    isWithin(inner, folder === '' ? owned : `${folder}/${owned}`),
  );
}

function isWithin(inner: string, outer: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
