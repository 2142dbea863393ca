import { CancelledFailure } from '@temporalio/common';
import { findOpenOutage } from '../../db/streams/outages.ts';
import { ChangedMeanwhile, StreamFailure } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LaneName } from '../../model/streams/outage.ts';
import { queueOf } from '../../model/telemetry/queues.ts';
import { streamFields, traceFields, type LogFields } from '../../telemetry/log-fields.ts';
import { inSpan } from '../../telemetry/spans.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { exceptionId } from './exception-id.ts';

/** Which work is attempted. */
export interface ToldAttempt {
  stream: StreamId;
  lane: LaneName;
  /** The traces of what it is about, oldest first. */
  about: readonly string[];
  /** The log's message if it fails, such as `The push failed`. */
  failure: string;
  /** Called after a failure was logged; a rejection is only logged. */
  onFailure?: () => Promise<void>;
}

/**
 * One attempt of a lane's work, told in the log and in traces: during an outage, as the retry that it is. `work` gets
 * what every line about the attempt says.
 */
export async function toldAttempt<T>(
  { db, logger }: Pick<ActivityDependencies, 'db' | 'logger'>,
  { stream, lane, about, failure, onFailure }: ToldAttempt,
  work: (attempt: LogFields) => Promise<T>,
): Promise<T> {
  const outage = await findOpenOutage(db, stream, lane);
  const retries = outage?.attempts ?? 0;
  const common = { queue_name: queueOf(stream), retry_count: retries };
  const fields: LogFields = {
    ...streamFields(stream),
    ...common,
    ...traceFields(about[0] ?? null),
  };
  const attempt = async (): Promise<T> => {
    try {
      return await work(common);
    } catch (error) {
      if (isFailure(error)) {
        logger.error({ ...fields, exception_id: exceptionId(), ...whyOf(error) }, failure);
        await onFailure?.().catch((err: unknown) => {
          logger.warn({ ...fields, err }, 'The changes of a failure were not told');
        });
      }
      throw error;
    }
  };
  if (outage === undefined) return attempt();
  const { id: outage_id, code } = outage;
  logger.warn({ ...fields, outage_id, code }, 'Trying again');
  const attributes = { 'gitward.stream': stream, 'gitward.retry_count': retries };
  return inSpan('retry', { about, attributes }, async (span) => {
    span.setAttribute('gitward.outcome', 'failed');
    const result = await attempt();
    span.setAttribute('gitward.outcome', 'succeeded');
    return result;
  });
}

/** Whether the work did not succeed for a reason of its own: otherwise, it is only repeated, or nobody wants it now. */
function isFailure(error: unknown): boolean {
  return !(error instanceof ChangedMeanwhile) && !(error instanceof CancelledFailure);
}

/** A classified failure says itself what happened; for others, we need the stack. */
function whyOf(error: unknown): object {
  return error instanceof StreamFailure
    ? { code: error.code, reason: error.message }
    : { code: 'internal_error', err: error };
}
