import { sql } from 'kysely';
import type { NoticeName } from '../../../model/streams/outage.ts';
import type { Db } from '../../connect.ts';
import { ofTrouble } from './stream-rows.ts';

/**
 * Records who is to be told before anyone is, so that nobody is forgotten and nobody is told twice. Whoever was told ahead
 * was told in time.
 */
export async function recordRecipients(
  db: Db,
  { outageId, kind }: NoticeName,
  recipients: readonly string[],
): Promise<void> {
  if (recipients.length === 0) return;
  await db
    .insertInto('notices')
    .values(recipients.map((recipient) => ({ outageId, kind, recipient })))
    .onConflict((conflict) =>
      conflict
        .columns(['outageId', 'kind', 'recipient'])
        .doUpdateSet({ ahead: false })
        .where('notices.ahead', '=', true),
    )
    .execute();
}

/** Lists who is still to be told. */
export async function listRecipientsWaiting(
  db: Db,
  { outageId, kind }: NoticeName,
): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('recipient')
    .where('outageId', '=', outageId)
    .where('kind', '=', kind)
    .where('sentAt', 'is', null)
    .orderBy('recipient')
    .execute();
  return rows.map(({ recipient }) => recipient);
}

/** Lists who was told that the outage began or lasts, or is just being told, and not yet that it is over. */
export async function listRecipientsTold(db: Db, outageId: string): Promise<string[]> {
  const { rows } = await sql<{ recipient: string }>`
    SELECT DISTINCT recipient FROM notices n
    WHERE outage_id = ${outageId} AND kind IN ${ofTrouble} AND (sent_at IS NOT NULL OR claimed_until > now())
      AND NOT EXISTS (
        SELECT FROM notices told
        WHERE told.outage_id = n.outage_id AND told.recipient = n.recipient
          AND told.kind = 'recovered' AND told.sent_at IS NOT NULL)
    ORDER BY recipient`.execute(db);
  return rows.map(({ recipient }) => recipient);
}
