import {
  ActivityFailure,
  isCancellation,
  log,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { HousekeepingActivities } from '../../activities/housekeeping/contract.ts';
import {
  removedKinds,
  type Cursor,
  type HousekeepingRun,
  type RemovedKind,
} from '../../model/housekeeping/run.ts';
import { housekeepingStatusQuery, type HousekeepingStatus } from '../messages.ts';

const { removeOldRows } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '30s',
  // The next run comes soon enough.
  retry: { initialInterval: '5s', maximumAttempts: 3 },
});

const { noteHousekeeping } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
});

/** How long a run removes, in milliseconds. The Schedule starts the next one within the hour, which goes on. */
const longestRun = 45 * 60_000;

/**
 * Removes what is settled and older than the settings say, kind by kind. What cannot be removed keeps nothing else from it. Started by
 * its Schedule, at most one at a time. Returns what became of it, which is also in the database.
 */
export async function housekeepingWorkflow(): Promise<HousekeepingRun> {
  const startedAt = Date.now();
  const status: HousekeepingStatus = { kind: null, removed: {} };
  setHandler(housekeepingStatusQuery, () => status);
  const failures: HousekeepingRun['failures'] = [];
  let isUnfinished = false;

  const isOver = () => Date.now() - startedAt >= longestRun;
  for (const kind of removedKinds) {
    status.kind = kind;
    try {
      if (isOver() || !(await removeAll(kind))) isUnfinished = true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      failures.push({ kind, message: messageOf(error) });
      log.warn('Old rows could not be removed', { kind });
    }
  }
  status.kind = null;
  const run: HousekeepingRun = {
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date().toISOString(),
    outcome: failures.length > 0 ? 'failed' : isUnfinished ? 'unfinished' : 'done',
    removed: status.removed,
    failures,
  };
  await noteHousekeeping.executeWithOptions({ summary: `Note how it went: ${run.outcome}` }, [run]);
  return run;

  /** Removes all old rows of a kind; returns whether there was time for that. */
  async function removeAll(kind: RemovedKind): Promise<boolean> {
    const summary = `Remove old ${kind.replaceAll('_', ' ')}`;
    let cursor: Cursor | null = null;
    do {
      const done = await removeOldRows.executeWithOptions({ summary }, [{ kind, cursor }]);
      if (done.removed > 0) status.removed[kind] = (status.removed[kind] ?? 0) + done.removed;
      ({ cursor } = done);
    } while (cursor !== null && !isOver());
    return cursor === null;
  }
}

function messageOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
}
