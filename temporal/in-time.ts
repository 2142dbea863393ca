import { isGrpcServiceError, type Client } from '@temporalio/client';
import { TemporalUnavailable } from './mirror/mirror-workflows.ts';

/** Makes a call of Temporal; `what` completes "Temporal did not …". */
export type InTime = <T>(what: string, call: () => Promise<T>) => Promise<T>;

/**
 * Calls of this client that end within the deadline (milliseconds; 5 s unless told): those that do not, or
 * fail, reject with {@link TemporalUnavailable}.
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
  // The client wraps the gRPC error, which says more.
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  if (isGrpcServiceError(cause)) return cause.details === '' ? cause.message : cause.details;
  return cause instanceof Error ? cause.message : String(cause);
}
