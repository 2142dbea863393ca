import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeKind, NoticeName } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';
import { goesOn } from './incidents.ts';

/** The incident of a row of `outages`. */
const ofIncident = sql<string>`coalesce(outages.incident_id, outages.id)`;

/**
 * Lists the stream's notices that have been started or are due, and that have not been sent to
 * everyone.
 */
export async function listUnsentNotices(db: Db, stream: StreamId): Promise<NoticeName[]> {
  const begun = await db
    .selectFrom('notices')
    .innerJoin('outages', (join) =>
      join.on(sql`coalesce(notices.claimed_by, notices.outage_id)`, '=', sql.ref('outages.id')),
    )
    .select(['outages.id as outageId', 'kind'])
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
            .where('notices.outageId', '=', ofIncident)
            .where('kind', '=', 'escalated'),
        ),
      ),
    )
    .execute();
  // Someone was told of the incident but never of its end.
  const overdue = await db
    .selectFrom('outages')
    .innerJoin('notices', (join) => join.on('notices.outageId', '=', ofIncident))
    .select('outages.id as outageId')
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
            .where('told.outageId', '=', ofIncident)
            .where('told.kind', '=', 'recovered'),
        ),
      ),
    )
    .where(({ not }) => not(goesOn(ofIncident)))
    .execute();
  return [...begun, ...due, ...overdue].map(({ outageId, kind }) => ({
    outageId,
    kind,
  }));
}
