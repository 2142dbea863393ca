/**
 * Why a stream's work could not be done, as operators see it. The codes are stable: they appear in the
 * API, in notices and in Temporal histories.
 */
export type FailureCode =
  // the repository
  | 'repository_unreachable' // no answer, a refused connection, a 5xx
  | 'repository_timeout' // it answered, but then took too long
  | 'repository_not_found' // 404, or no repository at that path
  | 'credential_refused' // 401, 403
  | 'credential_origin' // the credential is for another origin, or nobody has said for which
  | 'branch_protected' // the host does not let us (or anybody) push to this branch
  | 'content_refused' // the host refuses what we push: a size limit, a secret scanner, a rule that names it
  | 'push_refused' // the host refuses the push, and does not say that it is because of what is in it
  | 'branch_name_taken' // another branch is a folder of this one's name, or the other way round
  | 'repository_archived' // the host lets nobody write to it
  | 'repository_unsupported' // git cannot use it as we do: SHA-256
  | 'address_refused' // our own policy forbids this address or protocol
  | 'push_contended' // others moved the branch each time we tried
  | 'repository_error' // git failed in a way that has no code of its own
  | 'files_changed' // others changed our files; nothing waits for that
  | 'public_repository' // anybody can read it, and we would send personal data
  // held: the repository or the source is not as we left it, and only a person can decide what is right
  | 'branch_gone'
  | 'history_lost'
  | 'foreign_installation'
  | 'not_adopted'
  | 'mass_removal' // most of the files would go, and nobody reported why
  // held: the repository is larger than what we read of one; see the settings
  | 'too_many_files'
  | 'too_many_commits'
  | 'too_much_text'
  | 'repository_too_large' // on disk, or in git's memory
  | 'reading_too_long'
  // the source
  | 'source_unreachable'
  | 'source_timeout'
  | 'source_token_refused'
  | 'source_not_found'
  | 'source_invalid'
  // ourselves
  | 'internal_error';

/** The codes under which a stream is `held` until a person approves what is there, or it is as it was. */
export const approvableCodes: ReadonlySet<FailureCode> = new Set([
  'branch_gone',
  'history_lost',
  'foreign_installation',
  'not_adopted',
  'mass_removal',
]);

/** The codes under which a stream is `held`: see {@link FailureCode}. */
export const heldCodes: ReadonlySet<FailureCode> = new Set([
  ...approvableCodes,
  'too_many_files',
  'too_many_commits',
  'too_much_text',
  'repository_too_large',
  'reading_too_long',
]);

/** Failures that do not go away with time: admins are notified at once (and we keep retrying). */
export const personCodes: ReadonlySet<FailureCode> = new Set([
  ...heldCodes,
  'repository_not_found',
  'credential_refused',
  'credential_origin',
  'branch_protected',
  'content_refused',
  'push_refused',
  'branch_name_taken',
  'repository_archived',
  'repository_unsupported',
  'address_refused',
  'public_repository',
  'source_token_refused',
  'source_not_found',
  'internal_error',
]);

/**
 * The settings, the place or the content that an activity works on changed after it began. Nothing is wrong, but the
 * work must start over. Temporal retries the activity: such a retry is visible, survives the worker, and does not
 * occupy a slot while it waits.
 */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';

  /** `what` is the subject of the message: `Space s`. */
  constructor(what: string) {
    super(`${what} changed while it was being worked on.`);
  }
}

/** A refusal that is not only about the repository that was asked for. */
export type WiderRefusal =
  /** The host does not take the credential (401), which it said when something was read or pushed. */
  | { of: 'credential'; step: HostStep }
  /** The host limits how often it is asked, or has banned us. `wait` is for how many milliseconds, if it said that. */
  | { of: 'rate'; step: HostStep; wait: number | null };

/** What a host was asked for. */
export type HostStep = 'read' | 'push';

/**
 * A classified failure of a stream's work. The message is for operators: what happened, to what,
 * and what to do. Whoever creates one must have removed every secret from it.
 */
export class StreamFailure extends Error {
  readonly code: FailureCode;
  /** What the host said, in a line of limited length; empty if nobody said anything. */
  readonly words: string;
  /** What the host refuses besides; `null` if this is only about the repository, or no refusal. */
  readonly wider: WiderRefusal | null;

  constructor(
    code: FailureCode,
    message: string,
    options: ErrorOptions & { words?: string; wider?: WiderRefusal | null } = {},
  ) {
    super(message, options);
    this.name = 'StreamFailure';
    this.code = code;
    this.words = options.words ?? '';
    this.wider = options.wider ?? null;
  }
}

/**
 * A host, or the proxy on the way to it, cannot be reached for a reason that we know. The message says
 * which and what to do, in whole sentences and without any secret; a client adds what it wanted there.
 */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
