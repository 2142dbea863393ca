import type { Db } from '../../connect.ts';

/** An entry as a commit of the branch's line left it. */
export interface KindVersion {
  id: string;
  path: string;
  blob: string;
  /** The commit that last changed it. */
  sha: string;
}

/**
 * Lists the entries that had this kind at a position of the branch's line, by id; at most `limit`.
 */
export async function listVersionsAt(
  db: Db,
  spaceId: string,
  { kind, position, limit }: { kind: string; position: number; limit: number },
): Promise<KindVersion[]> {
  const newest = db
    .selectFrom('entryVersions')
    .distinctOn('entryId')
    .select(['entryId', 'position', 'kind', 'path', 'blobId'])
    .where('spaceId', '=', spaceId)
    .where('position', '<=', position)
    .orderBy('entryId')
    .orderBy('position', 'desc');
  const rows = await db
    .selectFrom(newest.as('v'))
    .innerJoin('spaceCommits as c', (join) =>
      join.on('c.spaceId', '=', spaceId).onRef('c.position', '=', 'v.position'),
    )
    .select(['v.entryId as id', 'v.path', 'v.blobId as blob', 'c.sha'])
    .where('v.kind', '=', kind)
    .where('v.blobId', 'is not', null)
    .orderBy('v.entryId')
    .limit(limit)
    .execute();
  return rows.flatMap(({ blob, ...row }) => (blob === null ? [] : { ...row, blob }));
}
