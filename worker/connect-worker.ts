import { NativeConnection } from '@temporalio/worker';
import pTimeout from 'p-timeout';
import type { TemporalTarget } from '../temporal/connect.ts';

/**
 * Connects a worker to Temporal. If Temporal does not answer within ten seconds, rejects and says
 * what to check.
 */
export async function connectWorker({ connection }: TemporalTarget): Promise<NativeConnection> {
  const connecting = NativeConnection.connect(connection);
  try {
    return await pTimeout(connecting, { milliseconds: 10_000, message: 'no answer within 10 s' });
  } catch (cause) {
    void connecting.then(
      (tooLate) => tooLate.close(),
      () => undefined,
    );
    // The native client's message is a nested dump of its own types, which quotes the system's
    // message.
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = /message: "([^"]+)"/.exec(text)?.[1] ?? text;
    throw new Error(
      `The worker cannot connect to Temporal at ${connection.address}: ${reason}. Check TEMPORAL_ADDRESS.`,
      { cause },
    );
  }
}
