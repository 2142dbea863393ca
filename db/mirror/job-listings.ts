import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/**
 * Finds the time up to which all finished jobs of the stream have been listed; `null` if they never
 * were.
 */
export async function findListedAt(db: Db, stream: StreamId): Promise<Date | null> {
  const row = await db
    .selectFrom('jobListings')
    .select('listedAt')
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row?.listedAt ?? null;
}

/** Records that all jobs that finished before this time have been listed. */
export async function noteListed(trx: Trx, stream: StreamId, listedAt: Date): Promise<void> {
  await trx
    .insertInto('jobListings')
    .values({ stream, listedAt })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet({ listedAt }))
    .execute();
}
