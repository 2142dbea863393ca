import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeKind, NoticeName } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';
import { storableText } from '../storable.ts';

/**
 * Calls `work` while nobody else tells anything of this outage, in any process; answers `null`,
 * without calling it, where somebody does. The lock ends with its connection.
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
 * Notes who is to be told, before anyone is: so that nobody is forgotten, and nobody told twice. A
 * mail that was sent and not noted (a kill between the two) is sent again.
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

/** Who was to be told and has not been. */
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

/** Notes how the sending ended; `error` is `null` where it worked. */
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

/** Who was told of the outage's trouble. */
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

/** Notices of the stream that were begun, or fell due, and have not been sent to everyone. */
export async function listUnsentNotices(db: Db, stream: StreamId): Promise<NoticeName[]> {
  const begun = await db
    .selectFrom('notices')
    .innerJoin('outages', 'outages.id', 'notices.outageId')
    .select(['outageId', 'kind'])
    .distinct()
    .where('stream', '=', stream)
    .where('sentAt', 'is', null)
    // Trouble that is over is no news; that it is over still may be.
    .where(({ or, eb }) => or([eb('endedAt', 'is', null), eb('kind', '=', 'recovered')]))
    // What could not be sent for days is no news any more.
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
  // Told of the trouble, and never of its end.
  const overdue = await db
    .selectFrom('outages')
    .innerJoin('notices', 'notices.outageId', 'outages.id')
    .select('outageId')
    .distinct()
    .select(sql<NoticeKind>`'recovered'`.as('kind'))
    .where('stream', '=', stream)
    .where('endedAt', '>', sql<Date>`now() - interval '2 days'`)
    .where('notices.kind', '!=', 'recovered')
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
