/**
 * Why a stream's work could not be done, as operators see it. The code is stable: it stands in the
 * API, in notices and in Temporal histories.
 */
export type FailureCode =
  // the repository
  | 'repository_unreachable' // no answer, a refused connection, a 5xx
  | 'repository_timeout' // it answered, and then took too long
  | 'repository_not_found' // 404, or no repository at that path
  | 'credential_refused' // 401, 403
  | 'branch_protected' // the host lets nobody, or not us, push to this branch
  | 'content_refused' // the host refuses what we push (a hook, a size limit, a secret scanner)
  | 'address_refused' // our own policy forbids this address or protocol
  | 'push_contended' // others moved the branch each time that we tried
  | 'repository_error' // git failed in a way that we have no name for
  | 'public_repository' // anybody can read it, and what is to be sent is of persons
  // held: the repository is not as we left it, and only a person can say what is right
  | 'branch_gone'
  | 'history_lost'
  | 'foreign_installation'
  | 'not_adopted'
  // the source
  | 'source_unreachable'
  | 'source_timeout'
  | 'source_token_refused'
  | 'source_not_found'
  | 'source_invalid'
  // ourselves
  | 'internal_error';

/** The codes under which a stream is `held`: see {@link FailureCode}. */
export const heldCodes: ReadonlySet<FailureCode> = new Set([
  'branch_gone',
  'history_lost',
  'foreign_installation',
  'not_adopted',
]);

/** The codes that time alone does not mend: admins are told at once (and we retry all the same). */
export const personCodes: ReadonlySet<FailureCode> = new Set([
  ...heldCodes,
  'repository_not_found',
  'credential_refused',
  'branch_protected',
  'content_refused',
  'address_refused',
  'public_repository',
  'source_token_refused',
  'source_not_found',
  'internal_error',
]);

/**
 * What work is about changed since it began: its settings, its place, what it delivers. Nothing is wrong; the work is
 * to be done again from the start. Temporal retries the activity: that is seen, outlives the worker, and takes no slot
 * while it waits.
 */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';

  /** `what` begins a sentence: `Space s`. */
  constructor(what: string) {
    super(`${what} changed while it was worked on.`);
  }
}

/**
 * A classified failure of a stream's work. The message is for operators: what happened, to what,
 * and what to do. Whoever makes one has taken every secret out of it.
 */
export class StreamFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StreamFailure';
    this.code = code;
  }
}
