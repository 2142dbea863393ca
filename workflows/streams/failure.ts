import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { LaneName } from '../../model/streams/outage.ts';

/** Why an attempt failed, as stored with its outage. */
export interface Failure {
  code: FailureCode;
  message: string;
}

/** The code and message of an attempt's error. */
export function failureOf(error: unknown, lane: LaneName): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable && cause.type) {
    return { code: cause.type as FailureCode, message: cause.message };
  }
  if (cause instanceof TimeoutFailure) {
    const code = lane === 'source' ? 'source_timeout' : 'repository_timeout';
    return { code, message: 'The attempt did not finish in time, or its worker was lost.' };
  }
  return {
    code: 'internal_error',
    message: cause instanceof Error ? cause.message : String(cause),
  };
}
