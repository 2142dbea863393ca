import { sql } from 'kysely';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { NoticeKind, NoticeName } from '../../../model/streams/outage.ts';
import type { Db } from '../../connect.ts';
import { ofTrouble, streamIs } from './stream-rows.ts';

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
            .where('kind', '=', 'escalated')
            // What was told ahead says nothing of those who were not.
            .where('ahead', '=', false),
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

/** A round ends at most this many; the next one goes on. */
const mostOfRound = 200;

/**
 * Lists ends of outages that nobody is about to tell: what kept the message open was paused, ended or removed, so that no
 * workflow comes by any more. Whoever ended an outage just now tells of it.
 */
export async function listForgottenEnds(db: Db): Promise<NoticeName[]> {
  const { rows } = await sql<NoticeName>`
    SELECT DISTINCT ON (n.recipient, n.message) n.outage_id, 'recovered' AS kind
    FROM notices n
    JOIN outages o ON o.id = n.outage_id
    WHERE n.cause IS NOT NULL AND n.kind IN ${ofTrouble} AND n.message_sent_at > now() - interval '30 days'
      AND o.ended_at < now() - interval '1 minute' AND ${streamIs('o.stream', 'not ended')}
      AND NOT EXISTS (
        SELECT FROM notices told
        WHERE told.outage_id = n.outage_id AND told.recipient = n.recipient AND told.kind = 'recovered'
          -- Somebody was told, tries to tell, or did for a day.
          AND (told.sent_at IS NOT NULL OR told.created_at < now() - interval '1 day'
            OR coalesce(told.claimed_until, told.created_at) > now() - interval '15 minutes'))
      AND NOT ${isHeld('n')}
    LIMIT ${mostOfRound}`.execute(db);
  return rows;
}

/**
 * Whether an outage that a message told of lasts, for the reason that the message gave, in a stream that is neither paused nor
 * ended: then nobody is told that another one of that message is over. `alias` is that of the other's notice.
 */
export function isHeld(alias: string) {
  return sql<boolean>`EXISTS (
    SELECT FROM notices with_it
    JOIN outages lasting ON lasting.id = with_it.outage_id
    WHERE with_it.recipient = ${sql.ref(`${alias}.recipient`)} AND with_it.message = ${sql.ref(`${alias}.message`)}
      AND with_it.kind IN ${ofTrouble} AND with_it.sent_at IS NOT NULL
      AND lasting.ended_at IS NULL AND lasting.cause = with_it.cause AND ${streamIs('lasting.stream', 'active')})`;
}
