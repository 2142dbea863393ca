import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { JsonObject } from '../../model/text/json.ts';
import { formatJson, parseJson } from '../../model/text/ordered-json.ts';
import type { Sealer } from '../sealing.ts';

/** The summary of a day (`2026-01-31`, UTC). */
export interface StoredDay {
  day: string;
  summary: JsonObject;
}

/** Lists the days before this one that have runs and come after the last day with a summary. */
export async function listDaysToSummarise(
  db: Db,
  stream: StreamId,
  before: string,
): Promise<string[]> {
  const last = await db
    .selectFrom('jobDays')
    .select(({ fn }) => fn.max('day').as('day'))
    .where('stream', '=', stream)
    .executeTakeFirstOrThrow();
  let query = db
    .selectFrom('jobRuns')
    .select(sql<string>`to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`.as('day'))
    .distinct()
    .where('stream', '=', stream)
    .where('finishedAt', '<', new Date(`${before}T00:00:00.000Z`))
    .orderBy('day');
  const after = last.day as string | null;
  if (after !== null) {
    const next = new Date(Date.parse(`${after}T00:00:00.000Z`) + 86_400_000);
    query = query.where('finishedAt', '>=', next);
  }
  return (await query.execute()).map(({ day }) => day);
}

/** Stores a day's summary, replacing an earlier one. */
export async function putDay(
  trx: Trx,
  sealer: Sealer,
  stream: StreamId,
  { day, summary }: StoredDay,
): Promise<void> {
  const body = sealer.seal(Buffer.from(formatJson(summary)), dayContext(stream, day));
  await trx
    .insertInto('jobDays')
    .values({ stream, day, body })
    .onConflict((conflict) => conflict.columns(['stream', 'day']).doUpdateSet({ body }))
    .execute();
}

/**
 * Lists one page of the summaries, oldest first; `after` is the last day of the previous page, `''`
 * for the first page.
 */
export async function listDays(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  { after, limit }: { after: string; limit: number },
): Promise<StoredDay[]> {
  const rows = await db
    .selectFrom('jobDays')
    .select(['day', 'body'])
    .where('stream', '=', stream)
    .where('day', '>', after)
    .orderBy('day')
    .limit(limit)
    .execute();
  return rows.map(({ day, body }) => ({
    day,
    summary: parseJson(sealer.open(body, dayContext(stream, day)).toString('utf8')) as JsonObject,
  }));
}

/** What a day's sealed summary belongs to. */
export function dayContext(stream: StreamId, day: string): string {
  return `job-days/${stream}/${day}`;
}
