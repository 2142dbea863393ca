import {
  listFollowedDelivered,
  listFollowedOfBatch,
  listTracesOfChanges,
  type FollowedChange,
} from '../../../db/mirror/followed-changes.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import { changeFields, type LogFields } from '../../../telemetry/log-fields.ts';
import { inSpan, isTraced, mostLinks, traceparentOf } from '../../../telemetry/spans.ts';
import type { OpenBatchResult } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { toldAttempt } from '../../streams/told-attempt.ts';
import { spanAttributes } from '../../../telemetry/span-attributes.ts';
import { tellUndelivered } from '../tell-undelivered.ts';

type Outcome = Pick<OpenBatchResult, 'batchId' | 'changes' | 'files'>;

/** Runs the steps of a window as spans. */
export interface ToldWindow {
  dequeue<T>(work: () => Promise<T>): Promise<T>;
  /** `work` gets the trace for the batch, as `traceparent`. */
  coalesce(work: (traceparent: string | null) => Promise<Outcome>): Promise<Outcome>;
}

/**
 * The making of a batch, told in the log and in traces: as `dequeue` and `coalesce_commit` in the trace of the window's
 * first change that has one, linked to those of the others. A window that belongs to no trace begins none: most of
 * these find nothing.
 */
export async function toldWindow(
  deps: Pick<ActivityDependencies, 'db' | 'logger'>,
  key: MirrorKey,
  make: (told: ToldWindow) => Promise<Outcome>,
): Promise<Outcome> {
  const about = await listTracesOfChanges(deps.db, key, mostLinks + 1);
  const attempted = {
    ...{ stream: mirrorStream(key), lane: 'source' as const, about },
    failure: 'The window could not be made into a commit',
    onFailure: () => tellUndelivered(deps, key),
  };
  return toldAttempt(deps, attempted, async (attempt) => {
    const began = new Date();
    const outcome = await make(about.length > 0 || isTraced() ? spans(key, about) : untold);
    await tellWindow(deps, key, { began, outcome, attempt });
    return outcome;
  });
}

async function tellWindow(
  { db, logger }: Pick<ActivityDependencies, 'db' | 'logger'>,
  key: MirrorKey,
  { began, outcome, attempt }: { began: Date; outcome: Outcome; attempt: LogFields },
): Promise<void> {
  const { batchId, changes } = outcome;
  const tell = (change: FollowedChange, message: string) => {
    const latency_ms = Date.now() - change.occurredAt.getTime();
    const { commitSha: commit_sha } = change;
    logger.info({ ...changeFields(change), ...attempt, commit_sha, latency_ms }, message);
  };
  if (batchId !== null)
    for (const change of await listFollowedOfBatch(db, key, batchId))
      tell(change, 'Window committed');
  else if (changes > 0)
    for (const change of await listFollowedDelivered(db, key, began))
      tell(change, 'Already pushed');
}

const untold: ToldWindow = { dequeue: (work) => work(), coalesce: (work) => work(null) };

function spans(key: MirrorKey, about: readonly string[]): ToldWindow {
  const place = { about, attributes: spanAttributes(key) };
  return {
    dequeue: (work) => inSpan('dequeue', place, work),
    coalesce: (work) =>
      inSpan('coalesce_commit', place, async (span) => {
        const outcome = await work(traceparentOf(span));
        span.setAttributes({
          'gitward.changes': outcome.changes,
          'gitward.files': outcome.files,
        });
        return outcome;
      }),
  };
}
