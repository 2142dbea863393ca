import { openChangeBodies } from '../../../db/mirror/change-bodies.ts';
import { findListedAt } from '../../../db/mirror/job-listings.ts';
import { listKnownRunIds } from '../../../db/mirror/job-runs.ts';
import { mirrorKey } from '../../../db/mirror/mirrors.ts';
import { storableText } from '../../../db/storable.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { mergeJobRuns, type JobRun } from '../../../model/platform/job.ts';
import { jobOfEvent } from './job-of-event.ts';
import { retentionStart, startOfDay } from './job-days.ts';
import type { PartContext } from './tree-part.ts';

/** The most runs that a window reads one by one; more are read from the list, which costs one call per page. */
const fewRuns = 5;
/** The most runs that one reading of the list returns, for the first backfill or after a long outage. */
const mostListed = 20_000;
/** Each list starts a little before the last one ended: clocks differ, and a run's end appears with a delay. */
const overlap = 15 * 60_000;
const usualBackfillDays = 7;

/** New runs, and how they were found. */
export interface CollectedRuns {
  runs: JobRun[];
  /** All runs that had finished by this time were requested; `null` if only those reported by events were. */
  listedAt: Date | null;
  /** Why something may be missing; `null` if all went well. */
  problem: string | null;
}

/**
 * The new runs of a window: those that its events reported and, if the scope is more than a window, all that
 * finished since the last list. A queue that does not respond is not an outage: we then use only what the
 * events say.
 */
export async function collectRuns(context: PartContext): Promise<CollectedRuns> {
  const { deps, row, scope, asOf } = context;
  const stream = mirrorStream(mirrorKey(row));
  const told = await runsOfEvents(context);
  const found = new Map<string, JobRun>();
  let listedAt: Date | null = null;
  let problem: string | null = null;
  try {
    if (scope === 'window') await findTold(context, told, found);
    else {
      const complete = await listSince(context, await lookBackTo(context), found);
      await findTold(context, without(told, found), found);
      if (!complete)
        problem = `More than ${mostListed} runs finished since the last check: the older ones are left out.`;
      listedAt = asOf;
    }
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    context.execution.signal.throwIfAborted();
    problem = `Job runs come only from events: ${error.message}`;
  }
  for (const [runId, event] of told) {
    const read = found.get(runId);
    found.set(runId, read === undefined ? event : mergeJobRuns(read, event));
  }
  const known = await listKnownRunIds(deps.db, stream, [...found.keys()]);
  const oldest = retentionStart(asOf, row.policy.jobs.retainDays).toISOString();
  const runs = [...found.values()].filter(
    ({ runId, finishedAt }) => !known.has(runId) && finishedAt >= oldest,
  );
  return { runs: runs.sort(byEnd), listedAt, problem };
}

/** What the window's events say about new runs: run id → run. */
async function runsOfEvents({ deps, row, changes }: PartContext): Promise<Map<string, JobRun>> {
  const key = mirrorKey(row);
  const finished = changes.filter(({ type }) => type === 'job_finished');
  const ids = finished.map(({ versionIdentifier }) => versionIdentifier);
  const known = await listKnownRunIds(deps.db, mirrorStream(key), ids);
  const wanted = finished.filter(({ versionIdentifier }) => !known.has(versionIdentifier));
  const sequences = wanted.map(({ sequence }) => sequence);
  const bodies = await openChangeBodies(deps.db, deps.sealer, key, sequences);
  return new Map(bodies.map(jobOfEvent).map((run) => [run.runId, run]));
}

/** Reads the runs that events reported: one call for each, or from the list if there are many. */
async function findTold(
  { source, row, execution }: PartContext,
  told: ReadonlyMap<string, JobRun>,
  found: Map<string, JobRun>,
): Promise<void> {
  const { signal, step } = execution;
  if (told.size === 0) return;
  step('Reading job runs');
  if (told.size <= fewRuns) {
    const read = [...told.keys()].map((runId) => source.readJob(row.branchId, runId, { signal }));
    for (const run of await Promise.all(read)) if (run !== null) found.set(run.runId, run);
    return;
  }
  const ends = [...told.values()].map(({ finishedAt }) => Date.parse(finishedAt));
  const since = new Date(ends.reduce((first, end) => Math.min(first, end)) - 1_000).toISOString();
  const missing = new Set(told.keys());
  let listed = 0;
  for await (const page of source.listJobs(row.branchId, { since, signal })) {
    for (const run of page) if (missing.delete(run.runId)) found.set(run.runId, run);
    listed += page.length;
    // Unreported runs are left to the catch-up, and a single old event must not make us read months of runs.
    if (missing.size === 0 || listed > mostListed) return;
  }
}

/** Reads all runs since a time; returns `false` if there were too many. */
async function listSince(
  { source, row, execution }: PartContext,
  since: Date,
  found: Map<string, JobRun>,
): Promise<boolean> {
  const { signal, step } = execution;
  const listing = 'Listing job runs';
  step(listing);
  const pages = source.listJobs(row.branchId, { since: since.toISOString(), signal });
  for await (const page of pages) {
    for (const run of page) {
      const runId = storableText(run.runId);
      found.set(runId, { ...run, runId });
    }
    step(listing, { done: found.size });
    if (found.size > mostListed) return false;
  }
  return true;
}

/** The time from which runs are requested: the last list, or the days of the backfill if there was none. */
async function lookBackTo({ deps, row, asOf }: PartContext): Promise<Date> {
  const { retainDays, backfillDays = usualBackfillDays } = row.policy.jobs;
  const last = await findListedAt(deps.db, mirrorStream(mirrorKey(row)));
  const from =
    last === null
      ? startOfDay(asOf).getTime() - Math.min(backfillDays, retainDays) * 86_400_000
      : last.getTime() - overlap;
  return new Date(Math.max(from, retentionStart(asOf, retainDays).getTime()));
}

function without<T>(all: ReadonlyMap<string, T>, some: ReadonlyMap<string, unknown>) {
  return new Map([...all].filter(([key]) => !some.has(key)));
}

function byEnd(a: JobRun, b: JobRun): number {
  if (a.finishedAt !== b.finishedAt) return a.finishedAt < b.finishedAt ? -1 : 1;
  return a.runId < b.runId ? -1 : 1;
}
