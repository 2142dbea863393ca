/** Who may read a repository: anybody, or only those who were given access; or it is not known. */
export interface Visibility {
  result: 'public' | 'private' | 'unknown';
  /** A sentence that says why, for operators. */
  reason: string;
}

/** What a host's API says about a repository. `null` means that it does not say. */
export interface HostAnswer {
  /** What the host is called in sentences, such as `GitHub`. */
  host: string;
  /**
   * `internal`: everybody who is signed in there may read it. `unknown`: the API could not be asked, or did not say.
   */
  visibility: 'public' | 'private' | 'internal' | 'unknown';
  /** Whether anybody may sign up there, so that `internal` keeps nobody out. */
  openToSignUp: boolean;
  /** Whether the credential may push. */
  pushAllowed: boolean | null;
  /** Whether the branch is protected. */
  branchProtected: boolean | null;
  /** If it is unknown, why, in a sentence; otherwise empty. */
  problem: string;
}

/** The result of reading the repository's branches without a credential. */
export interface AnonymousAccess {
  /** `local`: it is not on a network. */
  outcome: 'readable' | 'refused' | 'unknown' | 'local';
  /** If it is unknown, why, in a sentence; otherwise empty. */
  problem: string;
}

/**
 * Who may read a repository. Any sign that it is public wins. It is private only if the host says so or, if the
 * host says nothing, if a request without a credential was refused.
 */
export function judgeVisibility(
  host: HostAnswer | null,
  { outcome, problem }: AnonymousAccess,
): Visibility {
  if (outcome === 'local')
    return {
      result: 'private',
      reason: 'It is on the local file system, and that machine decides who may read it.',
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
      // If everybody may sign up, refusing somebody who did not says nothing about those who do.
      if (outcome === 'refused' && host?.openToSignUp !== true)
        return { result: 'private', reason: 'It cannot be read without a credential.' };
      return {
        result: 'unknown',
        reason: [problem, host?.problem ?? ''].filter((text) => text !== '').join(' '),
      };
  }
}
