import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Removal } from '../../model/streams/removal.ts';
import type { Db, Trx } from '../connect.ts';
import { jsonb } from '../storable.ts';

/** A removal that waits until somebody allows it. */
export interface HeldRemoval extends Removal {
  foundAt: Date;
  approvedAt: Date | null;
}

/** Notes what would be removed, instead of what would have been before. Returns it; an approval of the same one stays. */
export async function putHeldRemoval(
  db: Db,
  stream: StreamId,
  { digest, listed, total }: Removal,
): Promise<HeldRemoval> {
  const columns = { digest, listed: jsonb(listed), total };
  return db
    .insertInto('heldRemovals')
    .values({ stream, ...columns })
    .onConflict((conflict) =>
      conflict.column('stream').doUpdateSet({
        ...columns,
        foundAt: sql`CASE WHEN held_removals.digest = ${digest} THEN held_removals.found_at ELSE now() END`,
        approvedAt: sql`CASE WHEN held_removals.digest = ${digest} THEN held_removals.approved_at END`,
      }),
    )
    .returning(['digest', 'listed', 'total', 'foundAt', 'approvedAt'])
    .executeTakeFirstOrThrow();
}

/** What a stream would remove; `null` if nothing is held. */
export async function findHeldRemoval(db: Db, stream: StreamId): Promise<HeldRemoval | null> {
  const held = await db
    .selectFrom('heldRemovals')
    .select(['digest', 'listed', 'total', 'foundAt', 'approvedAt'])
    .where('stream', '=', stream)
    .executeTakeFirst();
  return held ?? null;
}

/** Allows what a stream would remove. Returns whether it still is this removal. */
export async function approveRemoval(trx: Trx, stream: StreamId, digest: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('heldRemovals')
    .set({ approvedAt: sql<Date>`coalesce(approved_at, now())` })
    .where('stream', '=', stream)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets what would have been removed, once it was, or is there again. */
export async function forgetRemoval(trx: Trx, stream: StreamId): Promise<void> {
  await trx.deleteFrom('heldRemovals').where('stream', '=', stream).execute();
}
