import type { HostAnswer } from '../model/streams/visibility.ts';

/** An answer that says nothing, and why. */
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

/** Why an API that is known to be there did not say anything of a repository. */
export function refusal(host: string, status: number): HostAnswer {
  const why =
    status === 401 || status === 403
      ? `it refuses the credential (${status})`
      : status === 404
        ? 'it shows no such repository to this credential (404)'
        : `it answered ${status}`;
  return unknownAnswer(host, `${host}’s API does not say who may read it: ${why}.`);
}

/** A field of an answer that is `true` or `false`; else `null`. */
export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** A field of an answer that is an object; else an empty one. */
export function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
