import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { ChangedMeanwhile, StreamFailure } from '../../model/streams/errors.ts';

/** What long work is bounded by, and where it says that it goes on. */
export interface Execution {
  /** Ends the work when the activity is cancelled, times out, or its worker stops. */
  signal: AbortSignal;
  /** Says which step goes on; shown in the Temporal UI as the activity's last heartbeat. */
  step: (step: string) => void;
}

const HEARTBEAT_EVERY = 5_000;

/**
 * Runs long work of the current activity under its heartbeat: an activity hears of its cancellation
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
    // Whatever a killed git says then, the reason is the cancellation.
    if (context.cancellationSignal.aborted)
      throw new CancelledFailure('The activity was cancelled.', undefined, error as Error);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** How soon work is done again that found its object changed. */
const AGAIN_AFTER = '100 milliseconds';

/**
 * Makes a classified failure one that Temporal does not retry (the workflow's own timer does): its
 * type is the code. Other errors stay as they are and are retried as the activity's policy says; what only has to be
 * done again, since something changed meanwhile, is retried almost at once the first time.
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
