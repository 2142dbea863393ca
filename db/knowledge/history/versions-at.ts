import { sql } from 'kysely';
import type { Db } from '../../connect.ts';

/** An entry as a commit of the branch's line left it. */
export interface KindVersion {
  id: string;
  path: string;
  blob: string;
  /** The commit that last changed it. */
  sha: string;
  /** When that reached the branch. */
  at: Date;
}

/**
 * Lists the entries that had this kind at a position of the branch's line, by id; at most `limit`.
 */
export async function listVersionsAt(
  db: Db,
  spaceId: string,
  { kind, position, limit }: { kind: string; position: number; limit: number },
): Promise<KindVersion[]> {
  const rows = await db
    .selectFrom(newestUpTo(db, spaceId, position).as('v'))
    .innerJoin('spaceCommits as c', (join) =>
      join.on('c.spaceId', '=', spaceId).onRef('c.position', '=', 'v.position'),
    )
    .select(['v.entryId as id', 'v.path', 'v.blobId as blob', 'c.sha', 'c.effectiveAt as at'])
    .where('v.kind', '=', kind)
    .where('v.blobId', 'is not', null)
    .orderBy('v.entryId')
    .limit(limit)
    .execute();
  return rows.flatMap(({ blob, ...row }) => (blob === null ? [] : { ...row, blob }));
}

/**
 * Lists the files that these entries had at a position of the branch's line, and the entries that had these files, as pairs of path
 * and entry.
 */
export async function listFilesAt(
  db: Db,
  spaceId: string,
  { position, paths, ids }: { position: number; paths: readonly string[]; ids: readonly string[] },
): Promise<[path: string, id: string][]> {
  const rows = await db
    .selectFrom(newestUpTo(db, spaceId, position).as('v'))
    .select(['v.path', 'v.entryId'])
    .where('v.blobId', 'is not', null)
    .where(({ or }) =>
      or([
        sql<boolean>`v.path = ANY (${paths}::text[])`,
        sql<boolean>`v.entry_id = ANY (${ids}::text[])`,
      ]),
    )
    .execute();
  return rows.map(({ path, entryId }) => [path, entryId]);
}

/** The last version of each entry up to a position. */
function newestUpTo(db: Db, spaceId: string, position: number) {
  return db
    .selectFrom('entryVersions')
    .distinctOn('entryId')
    .select(['entryId', 'position', 'kind', 'path', 'blobId'])
    .where('spaceId', '=', spaceId)
    .where('position', '<=', position)
    .orderBy('entryId')
    .orderBy('position', 'desc');
}
