import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { OutageCause } from '../../model/streams/notices/outage-cause.ts';
import type {
  FailedAttempt,
  LaneName,
  NoticeKind,
  OutageView,
} from '../../model/streams/outage.ts';
import type { Db, Trx } from '../connect.ts';
import type { OutagesTable } from '../schema/streams.ts';
import { storableText } from '../storable.ts';
import { recordFailedAttempt } from './failed-attempts.ts';
import { findCause } from './notices/cause.ts';

/** A stored outage. */
export type Outage = Selectable<OutagesTable>;

/**
 * Opens an outage that begins with the start of this attempt, or adds the attempt to the open one.
 * A repeated call is about the same attempt, which counts only once.
 */
export async function recordFailure(db: Db, attempt: FailedAttempt): Promise<OutageView> {
  const row = await db.transaction().execute(async (trx) => {
    await recordFailedAttempt(trx, attempt);
    return putOutage(trx, attempt, await findCause(trx, attempt));
  });
  return toView(row, await listNoticeKinds(db, row.id));
}

async function putOutage(
  trx: Trx,
  attempt: FailedAttempt,
  cause: OutageCause | null,
): Promise<Outage> {
  return trx
    .insertInto('outages')
    .values({
      id: randomUUID(),
      stream: attempt.stream,
      lane: attempt.lane,
      since: attempt.attemptStartedAt,
      attempts: 1,
      code: attempt.code,
      message: storableText(attempt.message),
      lastAttemptAt: attempt.attemptStartedAt,
      nextAttemptAt: attempt.nextAttemptAt,
      cause,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['stream', 'lane'])
        .where('endedAt', 'is', null)
        .doUpdateSet((eb) => ({
          attempts: sql<number>`outages.attempts + (outages.last_attempt_at < excluded.last_attempt_at)::int`,
          code: eb.ref('excluded.code'),
          message: eb.ref('excluded.message'),
          lastAttemptAt: eb.ref('excluded.lastAttemptAt'),
          nextAttemptAt: eb.ref('excluded.nextAttemptAt'),
          cause: eb.ref('excluded.cause'),
        })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Marks the outage as escalated, once; `null` if it is over. */
export async function escalateOutage(db: Db, outageId: string): Promise<OutageView | null> {
  const row = await db
    .updateTable('outages')
    .set({ escalatedAt: sql<Date>`coalesce(escalated_at, now())` })
    .where('id', '=', outageId)
    .where('endedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toView(row, await listNoticeKinds(db, row.id));
}

/** An outage that was ended. */
export interface EndedOutage {
  /** What admins have been told about it. */
  notices: NoticeKind[];
  /** Its stream, and how many attempts failed; `null` if it was over before. */
  ended: Pick<Outage, 'stream' | 'attempts'> | null;
}

/** Ends the outage. */
export async function endOutage(db: Db, outageId: string): Promise<EndedOutage> {
  const ended = await db
    .updateTable('outages')
    .set({ endedAt: sql<Date>`now()`, nextAttemptAt: null })
    .where('id', '=', outageId)
    .where('endedAt', 'is', null)
    .returning(['stream', 'attempts'])
    .executeTakeFirst();
  return { notices: await listNoticeKinds(db, outageId, 'ahead too'), ended: ended ?? null };
}

/** Ends all outages of a stream without telling anyone. */
export async function endOutages(db: Db, stream: StreamId): Promise<void> {
  await db
    .updateTable('outages')
    .set({ endedAt: sql<Date>`now()`, nextAttemptAt: null })
    .where('stream', '=', stream)
    .where('endedAt', 'is', null)
    .execute();
}

/** Finds the open outage of a lane. */
export async function findOpenOutage(
  db: Db,
  stream: StreamId,
  lane: LaneName,
): Promise<Pick<Outage, 'id' | 'attempts' | 'code'> | undefined> {
  return db
    .selectFrom('outages')
    .select(['id', 'attempts', 'code'])
    .where('stream', '=', stream)
    .where('lane', '=', lane)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
}

/** Lists the stream's open outages, oldest first. */
export async function listOpenOutages(db: Db, stream: StreamId): Promise<OutageView[]> {
  const rows = await db
    .selectFrom('outages')
    .selectAll()
    .where('stream', '=', stream)
    .where('endedAt', 'is', null)
    .orderBy('since')
    .execute();
  return Promise.all(rows.map(async (row) => toView(row, await listNoticeKinds(db, row.id))));
}

/** Records something that admins should know of and that lasted no time, as an outage that is over. */
export async function insertEndedOutage(
  db: Db,
  { id, stream, lane, code, message }: Pick<Outage, 'id' | 'stream' | 'lane' | 'code' | 'message'>,
): Promise<void> {
  const now = new Date();
  await db
    .insertInto('outages')
    .values({
      ...{ id, stream, lane, code, message: storableText(message), attempts: 1 },
      ...{ since: now, lastAttemptAt: now, endedAt: now },
    })
    .execute();
}

/** Finds an outage, open or ended. */
export async function findOutage(db: Db, outageId: string): Promise<Outage | undefined> {
  return db.selectFrom('outages').selectAll().where('id', '=', outageId).executeTakeFirst();
}

/** Finds outages, the oldest first. */
export async function listOutages(db: Db, ids: readonly string[]): Promise<Outage[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('outages')
    .selectAll()
    .where('id', '=', sql<string>`ANY (${ids}::uuid[])`)
    .orderBy('since')
    .orderBy('id')
    .execute();
}

/** What was told, or is being told. What was told ahead still has to be told to those who were not. */
async function listNoticeKinds(
  db: Db,
  outageId: string,
  which: 'due' | 'ahead too' = 'due',
): Promise<NoticeKind[]> {
  let query = db.selectFrom('notices').select('kind').distinct().where('outageId', '=', outageId);
  if (which === 'due') query = query.where('ahead', '=', false);
  const rows = await query.execute();
  return rows.map(({ kind }) => kind).sort();
}

function toView(row: Selectable<OutagesTable>, notices: NoticeKind[]): OutageView {
  return {
    id: row.id,
    lane: row.lane,
    since: row.since.toISOString(),
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    code: row.code,
    message: row.message,
    notices,
  };
}
