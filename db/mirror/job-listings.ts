import type { Kysely, Transaction } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Database } from '../schema/database.ts';

/** Up to when all of the stream's finished jobs were asked for; `null` where they never were. */
export async function readListedAt(db: Kysely<Database>, stream: StreamId): Promise<Date | null> {
  const row = await db
    .selectFrom('job_listings')
    .select('listed_at')
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row?.listed_at ?? null;
}

/** Notes that all jobs that had finished at this moment were asked for. */
export async function noteListed(
  trx: Transaction<Database>,
  stream: StreamId,
  listedAt: Date,
): Promise<void> {
  await trx
    .insertInto('job_listings')
    .values({ stream, listed_at: listedAt })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet({ listed_at: listedAt }))
    .execute();
}
