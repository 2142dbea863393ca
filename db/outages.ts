import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { StreamId } from '../model/ids.ts';
import type { FailedAttempt, NoticeKind, NoticeName, OutageView } from '../model/outage.ts';
import type { Db } from './connect.ts';
import type { Database, OutagesTable } from './schema.ts';
import { storableText } from './storable.ts';

/** An outage as stored. */
export type OutageRow = Selectable<OutagesTable>;

/** Opens an outage, counted from the start of this attempt, or adds the attempt to the open one. */
export async function recordFailure(db: Db, attempt: FailedAttempt): Promise<OutageView> {
  const row = await db
    .insertInto('outages')
    .values({
      id: randomUUID(),
      stream: attempt.stream,
      lane: attempt.lane,
      since: attempt.attemptStartedAt,
      attempts: 1,
      code: attempt.code,
      message: storableText(attempt.message),
      last_attempt_at: attempt.attemptStartedAt,
      next_attempt_at: attempt.nextAttemptAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['stream', 'lane'])
        .where('ended_at', 'is', null)
        .doUpdateSet((eb) => ({
          // A repeated call tells of the same attempt: it counts once.
          attempts: sql<number>`outages.attempts + (outages.last_attempt_at < excluded.last_attempt_at)::int`,
          code: eb.ref('excluded.code'),
          message: eb.ref('excluded.message'),
          last_attempt_at: eb.ref('excluded.last_attempt_at'),
          next_attempt_at: eb.ref('excluded.next_attempt_at'),
        })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toView(row, await kindsTold(db, row.id));
}

/** Notes that the outage was escalated, once; `null` where it is over. */
export async function escalateOutage(db: Db, outageId: string): Promise<OutageView | null> {
  const row = await db
    .updateTable('outages')
    .set({ escalated_at: sql<Date>`coalesce(escalated_at, now())` })
    .where('id', '=', outageId)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toView(row, await kindsTold(db, row.id));
}

/** Ends the outage; answers what admins had been told of it. */
export async function endOutage(db: Db, outageId: string): Promise<NoticeKind[]> {
  await db
    .updateTable('outages')
    .set({ ended_at: sql<Date>`now()`, next_attempt_at: null })
    .where('id', '=', outageId)
    .where('ended_at', 'is', null)
    .execute();
  return kindsTold(db, outageId);
}

/** Ends all outages of a stream, without telling anybody. */
export async function endOutages(db: Db, stream: StreamId): Promise<void> {
  await db
    .updateTable('outages')
    .set({ ended_at: sql<Date>`now()`, next_attempt_at: null })
    .where('stream', '=', stream)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the outages of a stream that was ended with them: who begins again begins with none. */
export async function forgetOutages(db: Db, stream: StreamId): Promise<void> {
  await db
    .updateTable('outages')
    .set({ ended_at: sql<Date>`now()`, next_attempt_at: null })
    .where('stream', '=', stream)
    .where('ended_at', 'is', null)
    .execute();
}

/** The stream's open outages, the oldest first. */
export async function readOpenOutages(
  db: Kysely<Database>,
  stream: StreamId,
): Promise<OutageView[]> {
  const rows = await db
    .selectFrom('outages')
    .selectAll()
    .where('stream', '=', stream)
    .where('ended_at', 'is', null)
    .orderBy('since')
    .execute();
  return Promise.all(rows.map(async (row) => toView(row, await kindsTold(db, row.id))));
}

/** An outage of any time. */
export async function findOutage(db: Db, outageId: string): Promise<OutageRow | undefined> {
  return db.selectFrom('outages').selectAll().where('id', '=', outageId).executeTakeFirst();
}

/** Notices of the stream that were begun, or fell due, and have not been sent to everyone. */
export async function readUnsentNotices(db: Db, stream: StreamId): Promise<NoticeName[]> {
  const begun = await db
    .selectFrom('notices')
    .innerJoin('outages', 'outages.id', 'notices.outage_id')
    .select(['outage_id', 'kind'])
    .distinct()
    .where('stream', '=', stream)
    .where('sent_at', 'is', null)
    // Trouble that is over is no news; that it is over still may be.
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('kind', '=', 'recovered')]))
    // What could not be sent for days is no news any more.
    .where('notices.created_at', '>', sql<Date>`now() - interval '2 days'`)
    .execute();
  const due = await db
    .selectFrom('outages')
    .select('id as outage_id')
    .select(sql<NoticeKind>`'escalated'`.as('kind'))
    .where('stream', '=', stream)
    .where('ended_at', 'is', null)
    .where('escalated_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices')
            .select('outage_id')
            .whereRef('notices.outage_id', '=', 'outages.id')
            .where('kind', '=', 'escalated'),
        ),
      ),
    )
    .execute();
  // Told of the trouble, and never of its end.
  const overdue = await db
    .selectFrom('outages')
    .innerJoin('notices', 'notices.outage_id', 'outages.id')
    .select('outage_id')
    .distinct()
    .select(sql<NoticeKind>`'recovered'`.as('kind'))
    .where('stream', '=', stream)
    .where('ended_at', '>', sql<Date>`now() - interval '2 days'`)
    .where('notices.kind', '!=', 'recovered')
    .where('sent_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices as told')
            .select('told.outage_id')
            .whereRef('told.outage_id', '=', 'outages.id')
            .where('told.kind', '=', 'recovered'),
        ),
      ),
    )
    .execute();
  return [...begun, ...due, ...overdue].map(({ outage_id, kind }) => ({
    outageId: outage_id,
    kind,
  }));
}

async function kindsTold(db: Kysely<Database>, outageId: string): Promise<NoticeKind[]> {
  const rows = await db
    .selectFrom('notices')
    .select('kind')
    .distinct()
    .where('outage_id', '=', outageId)
    .execute();
  return rows.map(({ kind }) => kind).sort();
}

function toView(row: Selectable<OutagesTable>, told: NoticeKind[]): OutageView {
  return {
    id: row.id,
    lane: row.lane,
    since: row.since.toISOString(),
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    escalatedAt: row.escalated_at?.toISOString() ?? null,
    code: row.code,
    message: row.message,
    told,
  };
}
