import { sql } from 'kysely';
import type { NoticeKind } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';
import { storableText } from '../storable.ts';

/**
 * Calls `work` while no other process or call is sending notices of this outage. If another is,
 * returns `null` without calling it. The lock ends with its connection.
 */
export async function holdingOutageNotices<T>(
  db: Db,
  outageId: string,
  work: (db: Db) => Promise<T>,
): Promise<T | null> {
  const lock = sql`hashtextextended(${`notices/${outageId}`}, 0)`;
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      SELECT pg_try_advisory_lock(${lock}) AS held`.execute(connection);
    if (rows[0]?.held !== true) return null;
    try {
      return await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
}

/**
 * Records who is to be told before anyone is, so that nobody is forgotten and nobody is told twice; who is already told of the
 * incident, or is being told through the stream of another outage, stays that one's. What was sent but not recorded as sent
 * (the process was killed in between) is sent again.
 */
export async function claimNotices(
  db: Db,
  { incidentId, kind, claimedBy }: ClaimedNotice,
  recipients: readonly string[],
): Promise<void> {
  if (recipients.length === 0) return;
  await db
    .insertInto('notices')
    .values(recipients.map((recipient) => ({ outageId: incidentId, kind, recipient, claimedBy })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A notice of an incident, and the outage through whose stream it is sent. */
export interface ClaimedNotice {
  incidentId: string;
  kind: NoticeKind;
  claimedBy: string;
}

/** Lists whom the claiming stream has still to tell. */
export async function listRecipientsWaiting(
  db: Db,
  { incidentId, kind, claimedBy }: ClaimedNotice,
): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('recipient')
    .where('outageId', '=', incidentId)
    .where('kind', '=', kind)
    .where(sql`coalesce(claimed_by, outage_id)`, '=', claimedBy)
    .where('sentAt', 'is', null)
    .orderBy('recipient')
    .execute();
  return rows.map(({ recipient }) => recipient);
}

/** Records the result of sending; `error` is `null` if it worked. */
export async function noteNotice(
  db: Db,
  { incidentId, kind }: Pick<ClaimedNotice, 'incidentId' | 'kind'>,
  recipient: string,
  error: string | null,
): Promise<void> {
  await db
    .updateTable('notices')
    .set(
      error === null
        ? { sentAt: sql<Date>`now()`, lastError: null }
        : { lastError: storableText(error) },
    )
    .where('outageId', '=', incidentId)
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .execute();
}

/** Lists who was told that the incident began or lasts. */
export async function listRecipientsTold(db: Db, incidentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('recipient')
    .distinct()
    .where('outageId', '=', incidentId)
    .where('kind', '!=', 'recovered')
    .where('sentAt', 'is not', null)
    .execute();
  return rows.map(({ recipient }) => recipient);
}
