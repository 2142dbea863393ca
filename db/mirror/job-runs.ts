import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { jobSeconds, type JobRun } from '../../model/platform/job.ts';
import type { Json } from '../../model/text/json.ts';
import type { JobsPolicy } from '../../model/mirror/mirror.ts';
import { formatJson, parseJson } from '../../model/text/ordered-json.ts';
import type { Sealer } from '../sealing.ts';
import { storableText } from '../storable.ts';

/** A run, and the path of its file. */
export interface StoredRun {
  run: JobRun;
  path: string;
}

const rowsAStatement = 1_000;

/** Lists which of these runs are known. */
export async function listKnownRunIds(
  db: Db,
  stream: StreamId,
  runIds: readonly string[],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (let start = 0; start < runIds.length; start += rowsAStatement) {
    const some = runIds.slice(start, start + rowsAStatement).map(storableText);
    const rows = await db
      .selectFrom('jobRuns')
      .select('runId')
      .where('stream', '=', stream)
      .where(sql<boolean>`run_id = ANY (${some}::text[])`)
      .execute();
    for (const { runId } of rows) known.add(runId);
  }
  return known;
}

/** Stores runs; runs that are already known stay as they are. */
export async function insertRuns(
  trx: Trx,
  sealer: Sealer,
  stream: StreamId,
  runs: readonly StoredRun[],
): Promise<void> {
  for (let start = 0; start < runs.length; start += rowsAStatement) {
    const rows = runs.slice(start, start + rowsAStatement).map(({ run, path }) => ({
      stream,
      runId: storableText(run.runId),
      finishedAt: run.finishedAt,
      componentId: storableText(run.componentId),
      configId: storableText(run.configId ?? ''),
      status: storableText(run.status),
      seconds: jobSeconds(run),
      path,
      body: sealer.seal(Buffer.from(encode(run)), runContext(stream, run.runId)),
    }));
    await trx
      .insertInto('jobRuns')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['stream', 'runId']).doNothing())
      .execute();
  }
}

/**
 * Counts the runs in each of these hours (given as any time in the hour, ISO 8601), by the folder
 * of their paths.
 */
export async function countRunsByFolder(
  db: Db,
  stream: StreamId,
  hours: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const hour of hours) {
    const rows = await db
      .selectFrom('jobRuns')
      .select([
        sql<string>`regexp_replace(path, '/[^/]*$', '')`.as('folder'),
        ({ fn }) => fn.countAll<number>().as('count'),
      ])
      .where('stream', '=', stream)
      .where('finishedAt', '>=', sql<Date>`date_trunc('hour', ${hour}::timestamptz, 'UTC')`)
      .where(
        'finishedAt',
        '<',
        sql<Date>`date_trunc('hour', ${hour}::timestamptz, 'UTC') + interval '1 hour'`,
      )
      .groupBy('folder')
      .execute();
    for (const { folder, count } of rows) counts.set(folder, count);
  }
  return counts;
}

/** A run that is too old, and the path of its file, if it has one. */
export interface OldRun {
  runId: string;
  path: string;
}

/** Lists the runs that finished before this time, oldest first, up to a limit. */
export async function listOldRuns(
  db: Db,
  stream: StreamId,
  before: Date,
  limit: number,
): Promise<OldRun[]> {
  const rows = await db
    .selectFrom('jobRuns')
    .select(['runId', 'path'])
    .where('stream', '=', stream)
    .where('finishedAt', '<', before)
    .orderBy('finishedAt')
    .orderBy('runId')
    .limit(limit)
    .execute();
  return rows.map(({ runId, path }) => ({ runId, path }));
}

/** Deletes runs. */
export async function removeRuns(
  trx: Trx,
  stream: StreamId,
  runIds: readonly string[],
): Promise<void> {
  if (runIds.length === 0) return;
  await trx
    .deleteFrom('jobRuns')
    .where('stream', '=', stream)
    .where(sql<boolean>`run_id = ANY (${runIds}::text[])`)
    .execute();
}

/** The latest known run of a configuration: where its file is, and what it is compared by. */
export interface LatestRun {
  runId: string;
  finishedAt: string;
  path: string;
}

/**
 * Finds the latest known run of this configuration (`null`: of the component without one); `null`
 * if there is none.
 */
export async function findLatestRun(
  db: Db,
  stream: StreamId,
  { componentId, configId }: Pick<JobRun, 'componentId' | 'configId'>,
): Promise<LatestRun | null> {
  const row = await db
    .selectFrom('jobRuns')
    .select(['runId', 'finishedAt', 'path'])
    .where('stream', '=', stream)
    .where('componentId', '=', storableText(componentId))
    .where('configId', '=', storableText(configId ?? ''))
    .orderBy('finishedAt', 'desc')
    .orderBy('runId', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { runId: row.runId, finishedAt: row.finishedAt.toISOString(), path: row.path };
}

/**
 * Lists one page of a mirror's runs, ordered by id; `after` is the last id of the previous page.
 */
export async function listRuns(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  page: { include: JobsPolicy['include']; since: Date; after: string; limit: number },
): Promise<StoredRun[]> {
  let query = db
    .selectFrom('jobRuns as run')
    .select(['run.runId', 'run.path', 'run.body'])
    .where('run.stream', '=', stream)
    .where('run.finishedAt', '>=', page.since)
    .where('run.runId', '>', page.after)
    .orderBy('run.runId')
    .limit(page.limit);
  if (page.include === 'failures') query = query.where('run.status', '<>', 'SUCCESS');
  if (page.include === 'latest') {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobRuns as newer')
            .select('newer.runId')
            .where('newer.stream', '=', stream)
            .whereRef('newer.componentId', '=', 'run.componentId')
            .whereRef('newer.configId', '=', 'run.configId')
            .where(sql<boolean>`(newer.finished_at, newer.run_id) > (run.finished_at, run.run_id)`),
        ),
      ),
    );
  }
  const rows = await query.execute();
  return rows.map(({ runId, path, body }) => ({
    run: decode(sealer.open(body, runContext(stream, runId))),
    path,
  }));
}

/** The part of a run that a day's summary counts; the whole run only if it failed. */
export interface RunOfDay {
  runId: string;
  componentId: string;
  configId: string | null;
  status: string;
  finishedAt: string;
  seconds: number | null;
  error: string | null;
}

/** Lists all known runs that finished on a day (`2026-01-31`, UTC). */
export async function listRunsOfDay(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  day: string,
): Promise<RunOfDay[]> {
  const start = new Date(`${day}T00:00:00.000Z`);
  const rows = await db
    .selectFrom('jobRuns')
    .select(['runId', 'componentId', 'configId', 'status', 'finishedAt', 'seconds'])
    .select(sql<Buffer | null>`CASE WHEN status <> 'SUCCESS' THEN body END`.as('body'))
    .where('stream', '=', stream)
    .where('finishedAt', '>=', start)
    .where('finishedAt', '<', new Date(start.getTime() + 86_400_000))
    .execute();
  return rows.map((row) => ({
    runId: row.runId,
    componentId: row.componentId,
    configId: row.configId === '' ? null : row.configId,
    status: row.status,
    finishedAt: row.finishedAt.toISOString(),
    seconds: row.seconds,
    error:
      row.body === null
        ? null
        : (decode(sealer.open(row.body, runContext(stream, row.runId))).error?.message ?? null),
  }));
}

/** What a run's sealed body belongs to. */
export function runContext(stream: StreamId, runId: string): string {
  return `job-runs/${stream}/${storableText(runId)}`;
}

/** The keys of details must keep their order, so details are stored as text inside the JSON. */
function encode(run: JobRun): string {
  return JSON.stringify({ ...run, details: formatJson(run.details) });
}

function decode(body: Uint8Array): JobRun {
  const { details, ...run } = JSON.parse(Buffer.from(body).toString('utf8')) as Omit<
    JobRun,
    'details'
  > & { details: string };
  return { ...run, details: parseJson(details) satisfies Json };
}

/** A run as a list shows it. */
export interface ListedRun {
  runId: string;
  componentId: string;
  configId: string | null;
  status: string;
  finishedAt: Date;
  seconds: number | null;
  path: string;
  /** Where the run is in the list. */
  place: RunPlace;
}

/** The place of a run in a list that is ordered by time. */
export interface RunPlace {
  /** ISO 8601 in UTC, in microseconds. */
  finishedAt: string;
  runId: string;
}

/** Which runs to list: all conditions that are given apply. */
export interface RunConditions {
  componentId?: string;
  configId?: string;
  status?: string;
  /** From this time on, and before that one. */
  from?: Date;
  to?: Date;
}

/** Lists the runs of a mirror that ended last, newest first, after a place. */
export async function listLastRuns(
  db: Db,
  stream: StreamId,
  { componentId, configId, status, from, to }: RunConditions,
  { after, limit }: { after: RunPlace | null; limit: number },
): Promise<ListedRun[]> {
  let query = db
    .selectFrom('jobRuns')
    .select(['runId', 'componentId', 'configId', 'status', 'finishedAt', 'seconds', 'path'])
    .select(
      sql<string>`to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
        'exactly',
      ),
    )
    .where('stream', '=', stream)
    .orderBy('finishedAt', 'desc')
    .orderBy('runId', 'desc')
    .limit(limit);
  if (componentId !== undefined) query = query.where('componentId', '=', storableText(componentId));
  if (configId !== undefined) query = query.where('configId', '=', storableText(configId));
  if (status !== undefined) query = query.where('status', '=', storableText(status));
  if (from !== undefined) query = query.where('finishedAt', '>=', from);
  if (to !== undefined) query = query.where('finishedAt', '<', to);
  if (after !== null)
    query = query.where(
      sql<boolean>`(finished_at, run_id) < (${after.finishedAt}::timestamptz, ${after.runId})`,
    );
  const rows = await query.execute();
  return rows.map(({ exactly, configId: of, ...row }) => ({
    ...row,
    configId: of === '' ? null : of,
    place: { finishedAt: exactly, runId: row.runId },
  }));
}
