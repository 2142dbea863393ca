import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { listSpaceStatuses, type KindsSeen, type SpaceStatus } from '../knowledge/space-status.ts';
import type { Space } from '../knowledge/spaces.ts';

const columns = [
  'id',
  'name',
  'repositoryUrl',
  'repositoryBranch',
  'root',
  'heldKinds',
  'heldRules',
  'syncedAt',
  'deliveredSha',
  'deliveredAt',
  'pausedAt',
  'endedAt',
] as const satisfies (keyof Space)[];

/** What a list of all spaces shows of one, without its kinds, rules and entries. */
export type SpaceOutline = SpaceStatus<Pick<Space, (typeof columns)[number]>>;

/** Lists spaces that have not ended with their status, in three queries however many there are. */
export async function listSpaceOutlines(
  db: Db,
  { only, limit }: { only: readonly string[] | null; limit: number },
  seen: (spaceId: string) => KindsSeen,
): Promise<SpaceOutline[]> {
  let query = db
    .selectFrom('spaces')
    .select(columns)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .limit(limit);
  if (only !== null) query = query.where('id', '=', sql<string>`ANY (${only}::text[])`);
  return listSpaceStatuses(db, await query.execute(), seen);
}
