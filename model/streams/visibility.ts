/** Who may read a repository: anybody, only who was let in, or nobody can say. */
export interface Visibility {
  result: 'public' | 'private' | 'unknown';
  /** A sentence that says why, for operators. */
  reason: string;
}

/** What a host's API says of a repository. `null` is what it does not say. */
export interface HostAnswer {
  /** How the host is called in sentences, such as `GitHub`. */
  host: string;
  /**
   * `internal`: everybody who is signed in there. `unknown`: the API could not be asked, or did not say.
   */
  visibility: 'public' | 'private' | 'internal' | 'unknown';
  /** Whether anybody may sign up there, so that `internal` protects from nobody. */
  openToSignUp: boolean;
  /** Whether the credential may push. */
  pushAllowed: boolean | null;
  /** Whether the branch is protected. */
  branchProtected: boolean | null;
  /** A sentence: why it is unknown. Empty otherwise. */
  problem: string;
}

/** What came of reading the repository's branches without any credential. */
export interface AnonymousAccess {
  /** `local`: it is not on a network. */
  outcome: 'readable' | 'refused' | 'unknown' | 'local';
  /** A sentence: why it is unknown. Empty otherwise. */
  problem: string;
}

/**
 * Who may read a repository. Any sign of public wins; private it is only where the host says so or, where the
 * host says nothing, where who has no credential was refused.
 */
export function judgeVisibility(
  host: HostAnswer | null,
  { outcome, problem }: AnonymousAccess,
): Visibility {
  if (outcome === 'local')
    return {
      result: 'private',
      reason: 'It lies on the local file system: who may read it is up to that machine.',
    };
  if (outcome === 'readable')
    return { result: 'public', reason: 'It can be read without any credential.' };
  const name = host?.host ?? 'The host';
  switch (host?.visibility) {
    case 'public':
      return { result: 'public', reason: `${name} says that it is public.` };
    case 'internal':
      return host.openToSignUp
        ? {
            result: 'public',
            reason: `${name} says that it is internal: everybody who signs up there may read it.`,
          }
        : {
            result: 'private',
            reason: `${name} says that it is internal: everybody with an account there may read it.`,
          };
    case 'private':
      return { result: 'private', reason: `${name} says that it is private.` };
    case 'unknown':
    case undefined:
      // Where everybody may sign up, a refusal of who did not says nothing of those who do.
      if (outcome === 'refused' && host?.openToSignUp !== true)
        return { result: 'private', reason: 'Who has no credential is refused.' };
      return {
        result: 'unknown',
        reason: [problem, host?.problem ?? ''].filter((text) => text !== '').join(' '),
      };
  }
}
