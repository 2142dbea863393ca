import type { HostAnswer } from '../model/streams/visibility.ts';

/** An answer for when nothing could be learned, with the reason. */
export function unknownAnswer(host: string, problem: string): HostAnswer {
  return {
    host,
    visibility: 'unknown',
    openToSignUp: false,
    pushAllowed: null,
    branchProtected: null,
    problem,
  };
}

/** Why an API that we know exists told us nothing about a repository. */
export function refusal(host: string, status: number): HostAnswer {
  const why =
    status === 401 || status === 403
      ? `it refused the credential (${status})`
      : status === 404
        ? 'it shows no such repository to this credential (404)'
        : `it answered ${status}`;
  return unknownAnswer(host, `${host}’s API does not say who can read the repository: ${why}.`);
}

/** A field of an answer if it is `true` or `false`; otherwise `null`. */
export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** A field of an answer if it is an object; otherwise an empty object. */
export function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
