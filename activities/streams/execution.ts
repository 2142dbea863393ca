import { setMaxListeners } from 'node:events';
import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { ChangedMeanwhile, StreamFailure } from '../../model/streams/errors.ts';
import { progressLine, type Amount, type Progress } from '../../model/streams/progress.ts';
import { KeptProgress, type ShownWork } from './keep-progress.ts';

/** What ends long work, and how it reports its progress. */
export interface Execution {
  /** Ends the work when the activity is cancelled, times out, or its worker stops. */
  signal: AbortSignal;
  /**
   * Reports the current step and, if known, how much of it is done; cheap enough to be called for every item. The Temporal
   * UI shows it as the activity's last heartbeat.
   */
  step: (step: string, amount?: Amount) => void;
}

const HEARTBEAT_EVERY = 5_000;

/**
 * Runs long work of the current activity with heartbeats: an activity learns about its cancellation
 * only while it heartbeats. If it is `shown` work, its progress is stored too, once it has taken a second.
 */
export async function withHeartbeat<T>(
  work: (execution: Execution) => Promise<T>,
  shown?: ShownWork,
): Promise<T> {
  const context = Context.current();
  // Whatever work does at once, all of it waits for the same end.
  setMaxListeners(0, context.cancellationSignal);
  let current: Progress = { step: 'started', done: null, total: null };
  const heartbeat = () => context.heartbeat(progressLine(current));
  const timer = setInterval(heartbeat, HEARTBEAT_EVERY);
  const kept = shown && new KeptProgress(shown);
  try {
    return await work({
      signal: context.cancellationSignal,
      step: (step, amount) => {
        const isNew = step !== current.step;
        current = { step, done: amount?.done ?? null, total: amount?.total ?? null };
        kept?.note(current);
        if (isNew) heartbeat();
      },
    });
  } catch (error) {
    // Whatever a killed git reports, the reason is the cancellation.
    if (context.cancellationSignal.aborted)
      throw new CancelledFailure('The activity was cancelled.', undefined, error as Error);
    throw error;
  } finally {
    await kept?.end();
    clearInterval(timer);
  }
}

/** How soon work is repeated if what it worked on has changed. */
const AGAIN_AFTER = '100 milliseconds';

/**
 * Turns a classified failure into one that Temporal does not retry (the workflow's own timer does); its type is the
 * code. Other errors stay as they are and are retried according to the activity's policy. `ChangedMeanwhile` only means
 * that the work must be repeated, so its first retry follows almost at once.
 */
export function classified<Input, Result>(
  activity: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    try {
      return await activity(input);
    } catch (error) {
      if (error instanceof StreamFailure) {
        throw ApplicationFailure.create({
          type: error.code,
          message: error.message,
          nonRetryable: true,
        });
      }
      if (error instanceof ChangedMeanwhile && Context.current().info.attempt === 1) {
        throw ApplicationFailure.create({
          type: error.name,
          message: error.message,
          cause: error,
          nextRetryDelay: AGAIN_AFTER,
        });
      }
      throw error;
    }
  };
}
