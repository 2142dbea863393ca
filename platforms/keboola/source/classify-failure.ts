import { errors } from 'undici';
import { StreamFailure, Unreachable } from '../../../model/streams/errors.ts';
import { TooBusy } from '../../traffic/source-traffic.ts';
import { AnswerTooLarge, AttemptTimeout, RefusedAnswer } from './get-bytes.ts';
import { parseRetryAfter } from './retry-delay.ts';

/** How a failed attempt is reported to operators, and whether trying again may help. */
export interface ClassifiedFailure {
  failure: StreamFailure;
  again: boolean;
  /** The platform's `Retry-After` header, unchanged. */
  retryAfter: string | null;
}

/** Classifies an error that `getBytes` threw. `name` is the URL without its query. */
export function classifyFailure(name: string, error: unknown): ClassifiedFailure {
  if (error instanceof RefusedAnswer) return classifyStatus(name, error);
  // The address policy fails a connection with its own error.
  if (error instanceof StreamFailure) return final(error);
  if (error instanceof AnswerTooLarge) {
    return final(
      new StreamFailure(
        'source_invalid',
        `${name} returned an answer that is too large: ${error.message}.`,
        { cause: error },
      ),
    );
  }
  if (isTimeout(error)) {
    const failure = new StreamFailure(
      'source_timeout',
      `${name} took too long to answer. Nothing needs to be done if the platform is only slow.`,
      { cause: error },
    );
    return { failure, again: true, retryAfter: null };
  }
  const why =
    error instanceof Unreachable
      ? `. ${error.message}`
      : ` (${codeOf(error)}). Check the address and the network.`;
  const failure = new StreamFailure('source_unreachable', `${name} could not be reached${why}`, {
    cause: error,
  });
  return { failure, again: true, retryAfter: null };
}

/** Whether a call failed because its answer was larger than allowed. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof StreamFailure && error.cause instanceof AnswerTooLarge;
}

/** The status with which a call was refused, or `null` if it failed in another way. */
export function refusedStatus({ cause }: StreamFailure): number | null {
  return cause instanceof RefusedAnswer ? cause.status : null;
}

/** Whether the platform refused a call because of how many there are, or because it does not work now and says until when. */
export function isAskedToWait({ cause }: StreamFailure): boolean {
  if (!(cause instanceof RefusedAnswer)) return false;
  return cause.status === 429 || (cause.status === 503 && cause.retryAfter !== null);
}

/** For how many milliseconds the platform, or the other calls to it, want a failed call not to be repeated; `null`: not said. */
export function askedWait({ cause }: StreamFailure, now: number): number | null {
  if (cause instanceof TooBusy) return cause.wait;
  if (!(cause instanceof RefusedAnswer) || cause.retryAfter === null) return null;
  return parseRetryAfter(cause.retryAfter, now);
}

function classifyStatus(name: string, refused: RefusedAnswer): ClassifiedFailure {
  const { status, retryAfter } = refused;
  const cause = { cause: refused };
  if (status === 401 || status === 403) {
    return final(
      new StreamFailure(
        'source_token_refused',
        `${name} refused the token (${status}). Give the project a valid Storage API token that can read all of it.`,
        cause,
      ),
    );
  }
  if (status === 404) {
    return final(
      new StreamFailure(
        'source_not_found',
        `${name} does not exist (404). Check the address, and that the branch was not deleted.`,
        cause,
      ),
    );
  }
  if (status === 429 || status >= 500) {
    const failure = new StreamFailure(
      'source_unreachable',
      `${name} answered ${status} repeatedly. Wait until the platform has recovered.`,
      cause,
    );
    return { failure, again: true, retryAfter };
  }
  const what = status >= 300 && status < 400 ? 'a redirect, which is not followed' : 'unexpected';
  return final(
    new StreamFailure(
      'source_invalid',
      `${name} answered ${status}: ${what}. Check that the address is that of a Keboola stack.`,
      cause,
    ),
  );
}

function final(failure: StreamFailure): ClassifiedFailure {
  return { failure, again: false, retryAfter: null };
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof AttemptTimeout ||
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  );
}

/** A code such as `ECONNREFUSED`. The message of a connection's error could contain anything. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
