import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LongWork, Progress } from '../../model/streams/progress.ts';
import type { Db } from '../connect.ts';

/** One run of long work on a stream. */
export interface WorkRun {
  stream: StreamId;
  work: LongWork;
  startedAt: Date;
}

/** How far long work on a stream is. */
export interface ShownProgress extends Progress {
  /** When the work began, all its steps together. */
  since: Date;
}

/** After this many seconds without a sign of life, the worker is assumed to be gone. */
const staleAfter = 30;

/** Stores how far a run is, or says again that it is still there. It takes the place of an earlier run. */
export async function putProgress(
  db: Db,
  { stream, work, startedAt }: WorkRun,
  { step, done, total }: Progress,
): Promise<void> {
  const columns = { step, done, total, startedAt, updatedAt: sql<Date>`now()` };
  await db
    .insertInto('streamProgress')
    .values({ stream, work, ...columns })
    .onConflict((conflict) => conflict.columns(['stream', 'work']).doUpdateSet(columns))
    .execute();
}

/** Removes the progress of a run that is over; that of another run, which has taken its place, stays. */
export async function removeProgress(db: Db, { stream, work, startedAt }: WorkRun): Promise<void> {
  await db
    .deleteFrom('streamProgress')
    .where('stream', '=', stream)
    .where('work', '=', work)
    .where('startedAt', '=', startedAt)
    .execute();
}

/**
 * Lists how far the long work on these streams is; of several, that which began first. Work of which nothing has been
 * heard for 30 s is left out.
 */
export async function listProgress(
  db: Db,
  streams: readonly StreamId[],
): Promise<Map<StreamId, ShownProgress>> {
  if (streams.length === 0) return new Map();
  const rows = await db
    .selectFrom('streamProgress')
    .distinctOn('stream')
    .select(['stream', 'step', 'done', 'total', 'startedAt'])
    .where('stream', 'in', streams)
    .where('updatedAt', '>', sql<Date>`now() - make_interval(secs => ${staleAfter})`)
    .orderBy('stream')
    .orderBy('startedAt')
    .execute();
  return new Map(
    rows.map(({ stream, startedAt, ...progress }) => [stream, { ...progress, since: startedAt }]),
  );
}
