import { isGrpcServiceError, type Client } from '@temporalio/client';
import { TemporalUnavailable } from './mirror/mirror-workflows.ts';

/** Calls Temporal; `what` completes the sentence "Temporal did not …". */
export type InTime = <T>(what: string, call: () => Promise<T>) => Promise<T>;

/**
 * Makes calls with this client end within the deadline (milliseconds; defaults to 5 s): a call that
 * takes longer, or fails, rejects with {@link TemporalUnavailable}.
 */
export function callsInTime(client: Client, deadline = 5_000): InTime {
  return async (what, call) => {
    try {
      return await client.connection.withDeadline(Date.now() + deadline, call);
    } catch (cause) {
      throw new TemporalUnavailable(`Temporal did not ${what}: ${reasonOf(cause)}.`, { cause });
    }
  };
}

function reasonOf(error: unknown): string {
  // The client wraps the gRPC error, whose message is more specific.
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  if (isGrpcServiceError(cause)) return cause.details === '' ? cause.message : cause.details;
  return cause instanceof Error ? cause.message : String(cause);
}
