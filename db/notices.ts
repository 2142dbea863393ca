import { sql } from 'kysely';
import type { NoticeName } from '../model/outage.ts';
import type { Db } from './connect.ts';

/**
 * Claims a notice for a recipient; answers whether it still has to be sent. The row is made before
 * the sending: a mail that was sent and not noted (a kill between the two) is sent again, once.
 */
export async function claimNotice(
  db: Db,
  { outageId, kind }: NoticeName,
  recipient: string,
): Promise<boolean> {
  await db
    .insertInto('notices')
    .values({ outage_id: outageId, kind, recipient })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { sent_at } = await db
    .selectFrom('notices')
    .select('sent_at')
    .where('outage_id', '=', outageId)
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow();
  return sent_at === null;
}

/** Notes how the sending ended; `error` is `null` where it worked. */
export async function noteNotice(
  db: Db,
  { outageId, kind }: NoticeName,
  recipient: string,
  error: string | null,
): Promise<void> {
  await db
    .updateTable('notices')
    .set(error === null ? { sent_at: sql<Date>`now()`, last_error: null } : { last_error: error })
    .where('outage_id', '=', outageId)
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .execute();
}

/** Who was told of the outage's trouble. */
export async function recipientsTold(db: Db, outageId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('recipient')
    .distinct()
    .where('outage_id', '=', outageId)
    .where('kind', '!=', 'recovered')
    .where('sent_at', 'is not', null)
    .execute();
  return rows.map(({ recipient }) => recipient);
}
