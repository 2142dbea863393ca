import { sql, type RawBuilder } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { NoticeKind } from '../../model/streams/outage.ts';
import { claimNotices } from './notices.ts';
import type { Outage } from './outages.ts';

/** An incident: the outages that admins are told of together. */
export interface Incident {
  /** The id of the outage that it began with; notices are stored under it. */
  id: string;
  beganAt: Date;
}

/** The incident that notices of an outage are stored under: its own one, as long as it has not joined another. */
export function incidentOf({ id, incidentId }: Pick<Outage, 'id' | 'incidentId'>): string {
  return incidentId ?? id;
}

/** What an outage joins an incident with. */
export interface Joining {
  /** See `model/streams/incident.ts`. */
  cause: string | null;
  /** The notice that is to be sent, and who is to get it. */
  kind: NoticeKind;
  recipients: readonly string[];
}

/**
 * Has an outage join the incident of this cause that goes on, or begin one, and claims its recipients. An outage that has
 * joined already stays, unless people were told that the incident is over.
 */
export async function joinIncident(
  db: Db,
  outageId: string,
  { cause, kind, recipients }: Joining,
): Promise<Incident> {
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`incidents/${cause ?? outageId}`}, 0))`.execute(
      trx,
    );
    const own = await trx
      .selectFrom('outages')
      .select(['id', 'incidentId'])
      .where('id', '=', outageId)
      .executeTakeFirstOrThrow();
    const found =
      (own.incidentId === null ? null : await openIncident(trx, own.incidentId)) ??
      (cause === null ? null : await incidentWith(trx, cause));
    const joined = found ?? { id: outageId, beganAt: new Date() };
    await trx
      .updateTable('outages')
      .set({ cause, incidentId: joined.id, incidentBeganAt: joined.beganAt })
      .where('id', '=', outageId)
      .execute();
    await claimNotices(trx, { incidentId: joined.id, kind, claimedBy: outageId }, recipients);
    return joined;
  });
}

/** The incident that goes on with this cause. */
async function incidentWith(trx: Trx, cause: string): Promise<Incident | null> {
  const rows = await trx
    .selectFrom('outages')
    .select('incidentId')
    .distinct()
    .where('cause', '=', cause)
    .where('endedAt', 'is', null)
    .where('incidentId', 'is not', null)
    .$narrowType<{ incidentId: string }>()
    .execute();
  for (const { incidentId } of rows) {
    const incident = await openIncident(trx, incidentId);
    if (incident !== null) return incident;
  }
  return null;
}

/** The incident with this id; `null` if people were told that it is over. */
async function openIncident(trx: Trx, id: string): Promise<Incident | null> {
  const over = await trx
    .selectFrom('notices')
    .select('outageId')
    .where('outageId', '=', id)
    .where('kind', '=', 'recovered')
    .executeTakeFirst();
  if (over !== undefined) return null;
  const row = await trx
    .selectFrom('outages')
    .select(({ fn }) => fn.min('incidentBeganAt').as('beganAt'))
    .where('incidentId', '=', id)
    .executeTakeFirst();
  return { id, beganAt: row?.beganAt ?? new Date() };
}

/** The outages of an incident, oldest first. */
export async function listIncident(db: Db, incidentId: string): Promise<Outage[]> {
  return db
    .selectFrom('outages')
    .selectAll()
    .where(({ or, eb }) => or([eb('incidentId', '=', incidentId), eb('id', '=', incidentId)]))
    .orderBy('since')
    .orderBy('id')
    .execute();
}

/** Open outages that nobody was to be told of yet, oldest first. */
export async function listUnjoined(db: Db, most: number): Promise<Outage[]> {
  return db
    .selectFrom('outages')
    .selectAll()
    .where('endedAt', 'is', null)
    .where('incidentId', 'is', null)
    .orderBy('since')
    .limit(most)
    .execute();
}

/** Whether an outage of the incident lasts, in a stream that nobody has paused. */
export function goesOn(incidentId: string | RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (
    SELECT FROM outages o
    WHERE (o.incident_id = ${incidentId} OR o.id = ${incidentId}) AND o.ended_at IS NULL
      AND NOT EXISTS (
        SELECT FROM mirrors m
        WHERE o.stream = 'mirror/' || m.project_id || '/' || m.branch_id AND m.paused_at IS NOT NULL
      )
      AND NOT EXISTS (
        SELECT FROM spaces s WHERE o.stream = 'space/' || s.id AND s.paused_at IS NOT NULL
      )
  )`;
}

/** See {@link goesOn}. */
export async function doesGoOn(db: Db, incidentId: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`SELECT ${goesOn(incidentId)} AS is`.execute(db);
  return rows[0]?.is === true;
}
