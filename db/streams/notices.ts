import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeKind, NoticeName } from '../../model/streams/outage.ts';
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
 * Records who is to be told before anyone is, so that nobody is forgotten and nobody is told twice.
 * A mail that was sent but not recorded as sent (the process was killed in between) is sent again.
 */
export async function claimNotices(
  db: Db,
  { outageId, kind }: NoticeName,
  recipients: readonly string[],
): Promise<void> {
  if (recipients.length === 0) return;
  await db
    .insertInto('notices')
    .values(recipients.map((recipient) => ({ outageId, kind, recipient })))
    .onConflict((conflict) => conflict.doNothing())
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

/** Records the result of sending; `error` is `null` if it worked. */
export async function noteNotice(
  db: Db,
  { outageId, kind }: NoticeName,
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
    .where('outageId', '=', outageId)
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .execute();
}

/** Lists who was told that the outage began or lasts. */
export async function listRecipientsTold(db: Db, outageId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('recipient')
    .distinct()
    .where('outageId', '=', outageId)
    .where('kind', '!=', 'recovered')
    .where('sentAt', 'is not', null)
    .execute();
  return rows.map(({ recipient }) => recipient);
}

/**
 * Lists the stream's notices that have been started or are due, and that have not been sent to
 * everyone.
 */
export async function listUnsentNotices(db: Db, stream: StreamId): Promise<NoticeName[]> {
  const begun = await db
    .selectFrom('notices')
    .innerJoin('outages', 'outages.id', 'notices.outageId')
    .select(['outageId', 'kind'])
    .distinct()
    .where('stream', '=', stream)
    .where('sentAt', 'is', null)
    // An outage that is over is no longer news, but that it is over still may be.
    .where(({ or, eb }) =>
      or([eb('endedAt', 'is', null), eb('kind', 'in', ['recovered', 'found'])]),
    )
    // A notice that could not be sent for days is no longer news.
    .where('notices.createdAt', '>', sql<Date>`now() - interval '2 days'`)
    .execute();
  const due = await db
    .selectFrom('outages')
    .select('id as outageId')
    .select(sql<NoticeKind>`'escalated'`.as('kind'))
    .where('stream', '=', stream)
    .where('endedAt', 'is', null)
    .where('escalatedAt', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices')
            .select('outageId')
            .whereRef('notices.outageId', '=', 'outages.id')
            .where('kind', '=', 'escalated'),
        ),
      ),
    )
    .execute();
  // Someone was told of the outage but never of its end.
  const overdue = await db
    .selectFrom('outages')
    .innerJoin('notices', 'notices.outageId', 'outages.id')
    .select('outageId')
    .distinct()
    .select(sql<NoticeKind>`'recovered'`.as('kind'))
    .where('stream', '=', stream)
    .where('endedAt', '>', sql<Date>`now() - interval '2 days'`)
    .where('notices.kind', 'not in', ['recovered', 'found'])
    .where('sentAt', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices as told')
            .select('told.outageId')
            .whereRef('told.outageId', '=', 'outages.id')
            .where('told.kind', '=', 'recovered'),
        ),
      ),
    )
    .execute();
  return [...begun, ...due, ...overdue].map(({ outageId, kind }) => ({
    outageId,
    kind,
  }));
}
