import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { ChangedMeanwhile, StreamFailure } from '../../model/streams/errors.ts';

/** What ends long work, and how it reports its progress. */
export interface Execution {
  /** Ends the work when the activity is cancelled, times out, or its worker stops. */
  signal: AbortSignal;
  /** Reports the current step; the Temporal UI shows it as the activity's last heartbeat. */
  step: (step: string) => void;
}

const HEARTBEAT_EVERY = 5_000;

/**
 * Runs long work of the current activity with heartbeats: an activity learns about its cancellation
 * only while it heartbeats.
 */
export async function withHeartbeat<T>(work: (execution: Execution) => Promise<T>): Promise<T> {
  const context = Context.current();
  let current = 'started';
  const timer = setInterval(() => context.heartbeat(current), HEARTBEAT_EVERY);
  try {
    return await work({
      signal: context.cancellationSignal,
      step: (step) => {
        current = step;
        context.heartbeat(step);
      },
    });
  } catch (error) {
    // Whatever a killed git reports, the reason is the cancellation.
    if (context.cancellationSignal.aborted)
      throw new CancelledFailure('The activity was cancelled.', undefined, error as Error);
    throw error;
  } finally {
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
