import { sql, type Kysely, type Transaction } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import { jobSeconds, type JobRun } from '../../model/platform/job.ts';
import type { Json } from '../../model/text/json.ts';
import type { JobsPolicy } from '../../model/mirror/mirror.ts';
import { formatJson, parseJson } from '../../model/text/ordered-json.ts';
import type { Database } from '../schema/database.ts';
import type { Sealer } from '../sealing.ts';
import { storableText } from '../storable.ts';

/** A run, and the path of its file. */
export interface StoredRun {
  run: JobRun;
  path: string;
}

const rowsAStatement = 1_000;

/** Which of these runs are known. */
export async function knownRunIds(
  db: Kysely<Database>,
  stream: StreamId,
  runIds: readonly string[],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (let start = 0; start < runIds.length; start += rowsAStatement) {
    const some = runIds.slice(start, start + rowsAStatement).map(storableText);
    const rows = await db
      .selectFrom('job_runs')
      .select('run_id')
      .where('stream', '=', stream)
      .where(sql<boolean>`run_id = ANY (${some}::text[])`)
      .execute();
    for (const { run_id } of rows) known.add(run_id);
  }
  return known;
}

/** Keeps runs; one that is known already stays as it is. */
export async function insertRuns(
  trx: Transaction<Database>,
  sealer: Sealer,
  stream: StreamId,
  runs: readonly StoredRun[],
): Promise<void> {
  for (let start = 0; start < runs.length; start += rowsAStatement) {
    const rows = runs.slice(start, start + rowsAStatement).map(({ run, path }) => ({
      stream,
      run_id: storableText(run.runId),
      finished_at: run.finishedAt,
      component_id: storableText(run.componentId),
      config_id: storableText(run.configId ?? ''),
      status: storableText(run.status),
      seconds: jobSeconds(run),
      path,
      body: sealer.seal(Buffer.from(encode(run)), context(stream, run.runId)),
    }));
    await trx
      .insertInto('job_runs')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['stream', 'run_id']).doNothing())
      .execute();
  }
}

/** How many runs are in each of these hours (any time of it, ISO 8601), by the folder of their path. */
export async function countRunsByFolder(
  db: Kysely<Database>,
  stream: StreamId,
  hours: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const hour of hours) {
    const rows = await db
      .selectFrom('job_runs')
      .select([
        sql<string>`regexp_replace(path, '/[^/]*$', '')`.as('folder'),
        ({ fn }) => fn.countAll<number>().as('count'),
      ])
      .where('stream', '=', stream)
      .where('finished_at', '>=', sql<Date>`date_trunc('hour', ${hour}::timestamptz, 'UTC')`)
      .where(
        'finished_at',
        '<',
        sql<Date>`date_trunc('hour', ${hour}::timestamptz, 'UTC') + interval '1 hour'`,
      )
      .groupBy('folder')
      .execute();
    for (const { folder, count } of rows) counts.set(folder, count);
  }
  return counts;
}

/** A run that is too old, and where its file is, where it has one. */
export interface OldRun {
  runId: string;
  path: string;
}

/** The runs that finished before this moment, oldest first, at most so many. */
export async function readOldRuns(
  db: Kysely<Database>,
  stream: StreamId,
  before: Date,
  limit: number,
): Promise<OldRun[]> {
  const rows = await db
    .selectFrom('job_runs')
    .select(['run_id', 'path'])
    .where('stream', '=', stream)
    .where('finished_at', '<', before)
    .orderBy('finished_at')
    .orderBy('run_id')
    .limit(limit)
    .execute();
  return rows.map(({ run_id, path }) => ({ runId: run_id, path }));
}

/** Forgets runs. */
export async function deleteRuns(
  trx: Transaction<Database>,
  stream: StreamId,
  runIds: readonly string[],
): Promise<void> {
  if (runIds.length === 0) return;
  await trx
    .deleteFrom('job_runs')
    .where('stream', '=', stream)
    .where(sql<boolean>`run_id = ANY (${runIds}::text[])`)
    .execute();
}

/** The last known run of a configuration: where its file is, and what another is compared with. */
export interface LatestRun {
  runId: string;
  finishedAt: string;
  path: string;
}

/** The last known run of this configuration (`null`: of the component without one); `null` where there is none. */
export async function latestRun(
  db: Kysely<Database>,
  stream: StreamId,
  { componentId, configId }: Pick<JobRun, 'componentId' | 'configId'>,
): Promise<LatestRun | null> {
  const row = await db
    .selectFrom('job_runs')
    .select(['run_id', 'finished_at', 'path'])
    .where('stream', '=', stream)
    .where('component_id', '=', storableText(componentId))
    .where('config_id', '=', storableText(configId ?? ''))
    .orderBy('finished_at', 'desc')
    .orderBy('run_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { runId: row.run_id, finishedAt: row.finished_at.toISOString(), path: row.path };
}

/** A page of the runs that a mirror keeps, in the order of their ids; `after` is the last id of the page before. */
export async function readRuns(
  db: Kysely<Database>,
  sealer: Sealer,
  stream: StreamId,
  page: { include: JobsPolicy['include']; since: Date; after: string; limit: number },
): Promise<StoredRun[]> {
  let query = db
    .selectFrom('job_runs as run')
    .select(['run.run_id', 'run.path', 'run.body'])
    .where('run.stream', '=', stream)
    .where('run.finished_at', '>=', page.since)
    .where('run.run_id', '>', page.after)
    .orderBy('run.run_id')
    .limit(page.limit);
  if (page.include === 'failures') query = query.where('run.status', '<>', 'SUCCESS');
  if (page.include === 'latest') {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('job_runs as newer')
            .select('newer.run_id')
            .where('newer.stream', '=', stream)
            .whereRef('newer.component_id', '=', 'run.component_id')
            .whereRef('newer.config_id', '=', 'run.config_id')
            .where(sql<boolean>`(newer.finished_at, newer.run_id) > (run.finished_at, run.run_id)`),
        ),
      ),
    );
  }
  const rows = await query.execute();
  return rows.map(({ run_id, path, body }) => ({
    run: decode(sealer.open(body, context(stream, run_id))),
    path,
  }));
}

/** What of a run a day's summary counts; the whole run only where it failed. */
export interface RunOfDay {
  runId: string;
  componentId: string;
  configId: string | null;
  status: string;
  finishedAt: string;
  seconds: number | null;
  error: string | null;
}

/** All known runs that finished on a day (`2026-01-31`, UTC). */
export async function readRunsOfDay(
  db: Kysely<Database>,
  sealer: Sealer,
  stream: StreamId,
  day: string,
): Promise<RunOfDay[]> {
  const start = new Date(`${day}T00:00:00.000Z`);
  const rows = await db
    .selectFrom('job_runs')
    .select(['run_id', 'component_id', 'config_id', 'status', 'finished_at', 'seconds'])
    .select(sql<Buffer | null>`CASE WHEN status <> 'SUCCESS' THEN body END`.as('body'))
    .where('stream', '=', stream)
    .where('finished_at', '>=', start)
    .where('finished_at', '<', new Date(start.getTime() + 86_400_000))
    .execute();
  return rows.map((row) => ({
    runId: row.run_id,
    componentId: row.component_id,
    configId: row.config_id === '' ? null : row.config_id,
    status: row.status,
    finishedAt: row.finished_at.toISOString(),
    seconds: row.seconds,
    error:
      row.body === null
        ? null
        : (decode(sealer.open(row.body, context(stream, row.run_id))).error?.message ?? null),
  }));
}

function context(stream: StreamId, runId: string): string {
  return `job-runs/${stream}/${storableText(runId)}`;
}

/** Details keep the order of their keys, so they are written as text inside. */
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
