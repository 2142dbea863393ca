import { sql } from 'kysely';
import type { HousekeepingRun } from '../../model/housekeeping/run.ts';
import type { Upkeep } from '../../model/telemetry/figures.ts';
import type { Db } from '../connect.ts';
import { jsonb } from '../storable.ts';

/** What is known of housekeeping. */
export type HousekeepingState = Pick<Upkeep, 'lastRun' | 'sinceGoodRun'>;

/** Notes what became of a run, once however often it is told. A run that began earlier does not take the place of a later one. */
export async function noteRun(
  db: Db,
  { startedAt, endedAt, outcome, removed, failures }: HousekeepingRun,
): Promise<void> {
  await db
    .updateTable('housekeeping')
    .set({
      ...{ startedAt, endedAt, outcome },
      removed: jsonb(removed),
      failures: jsonb(failures),
      ...(outcome !== 'failed' && { goodAt: sql<Date>`greatest(good_at, ${endedAt})` }),
    })
    .where('startedAt', '<=', new Date(startedAt))
    .execute();
}

/** Reads what is known of housekeeping. */
export async function readHousekeeping(db: Db): Promise<HousekeepingState> {
  const row = await db
    .selectFrom('housekeeping')
    .selectAll()
    .select(sql<number>`greatest(0, date_part('epoch', now() - good_at))`.as('sinceGoodRun'))
    .executeTakeFirstOrThrow();
  const { startedAt, endedAt, outcome, removed, failures, sinceGoodRun } = row;
  // The row that the migration made is of no run.
  const isOfRun = endedAt.getTime() !== startedAt.getTime();
  const times = { startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() };
  return { lastRun: isOfRun ? { ...times, outcome, removed, failures } : null, sinceGoodRun };
}
