import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** Up to when all of the stream's finished jobs were asked for; `null` where they never were. */
export async function findListedAt(db: Db, stream: StreamId): Promise<Date | null> {
  const row = await db
    .selectFrom('jobListings')
    .select('listedAt')
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row?.listedAt ?? null;
}

/** Notes that all jobs that had finished at this moment were asked for. */
export async function noteListed(trx: Trx, stream: StreamId, listedAt: Date): Promise<void> {
  await trx
    .insertInto('jobListings')
    .values({ stream, listedAt })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet({ listedAt }))
    .execute();
}
