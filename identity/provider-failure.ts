import { ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { ProviderUnavailable, SignInRefused } from '../model/access/open-id-connect.ts';
import { Unreachable } from '../model/streams/errors.ts';

/** What a failed request to a provider means. */
export type ProviderFailure = SignInRefused | ProviderUnavailable;

/**
 * A failure while somebody signs in: it is the provider's if it does not answer or does not accept us
 * as its client, and otherwise what came back is not to be believed.
 */
export function failureOfSignIn(error: unknown): ProviderFailure {
  if (isFailure(error)) return error;
  return isAway(error) || isAboutUs(error)
    ? new ProviderUnavailable(reasonOf(error), { cause: error })
    : new SignInRefused(reasonOf(error), { cause: error });
}

/**
 * A refresh token that failed: only a provider that clearly says no ends a session. Anything else may
 * pass, even that our own secret is refused, and must not sign everybody out.
 */
export function failureOfRefresh(error: unknown): ProviderFailure {
  return unless(error, error instanceof ResponseBodyError && error.error === 'invalid_grant');
}

/** An access token that failed: the same. */
export function failureOfUserInfo(error: unknown): ProviderFailure {
  return unless(error, error instanceof WWWAuthenticateChallengeError && error.status === 401);
}

function unless(error: unknown, isNo: boolean): ProviderFailure {
  if (isFailure(error)) return error;
  return isNo
    ? new SignInRefused(reasonOf(error), { cause: error })
    : new ProviderUnavailable(reasonOf(error), { cause: error });
}

/** A failure of something that must work whoever signs in, such as discovery. */
export function unavailable(error: unknown): ProviderFailure {
  if (isFailure(error)) return error;
  return new ProviderUnavailable(reasonOf(error), { cause: error });
}

function isFailure(error: unknown): error is ProviderFailure {
  return error instanceof SignInRefused || error instanceof ProviderUnavailable;
}

function isAboutUs(error: unknown): boolean {
  if (error instanceof WWWAuthenticateChallengeError) return true;
  return (
    error instanceof ResponseBodyError &&
    (error.status >= 500 || ['invalid_client', 'unauthorized_client'].includes(error.error))
  );
}

/** The codes of answers that are none, such as the page of a proxy. */
const noAnswer = [
  ...['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_PARSE_ERROR'],
  ...['OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM'],
];

/** Whether there was no answer at all, or one that is none. */
function isAway(error: unknown): boolean {
  const code = codeOf(error);
  return code === undefined || noAnswer.includes(code);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What happened, in words; the causes of the libraries may contain tokens and stay out of it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The provider failed.';
  if (error instanceof ResponseBodyError)
    return `The provider answered ${error.status} ${error.error}.`;
  if (error instanceof WWWAuthenticateChallengeError)
    return `The provider answered ${error.status}.`;
  const inner = innermost(error);
  return inner === error ? error.message : `${error.message}: ${inner.message}`;
}

/** The error that tells most: the first one that explains itself, or else the one at the bottom. */
function innermost(error: Error): Error {
  let found = error;
  for (let depth = 0; depth < 5 && found.cause instanceof Error; depth += 1) {
    if (found instanceof Unreachable) break;
    found = found.cause;
  }
  return found;
}
