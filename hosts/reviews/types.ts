/** A repository on a host. */
export interface ReviewedRepository {
  /** `https://…` or `http://…`. */
  url: string;
  /** Sent only to the repository's origin, or to the API that we know to be that origin's own. */
  credential: { username: string; password: string } | null;
}

/** Opens the pull requests of a repository's host. */
export interface ReviewHosts {
  /**
   * `null` if the host has no API for pull requests that we know, or the address is not one of `http` or `https`. Rejects
   * with `StreamFailure` if the host cannot be asked, and with the signal's reason. The signal is that of everything that is
   * asked of the result.
   */
  open(
    repository: ReviewedRepository,
    options: { signal: AbortSignal },
  ): Promise<ReviewHost | null>;
}

/** The kinds of host whose pull requests we know. */
export type ReviewHostKind = 'github' | 'gitlab' | 'gitea';

/** A user of a host. All of it is text from outside. */
export interface HostUser {
  login: string;
  name: string | null;
  email: string | null;
}

/** The last verdict of a user about a pull request. */
export interface Approval {
  user: HostUser;
  /** ISO 8601; `null` if the host does not say it. */
  at: string | null;
  /** The commit that it was given for; `null` if the host does not say it. */
  sha: string | null;
  verdict: 'approved' | 'changes_requested' | 'dismissed';
}

/** A pull request (GitLab: a merge request), as its host has it. Titles, names and descriptions are text from outside. */
export interface PullRequest {
  /** Its number in the repository. */
  number: number;
  /** The page for people; `http` or `https`, and of the origin of the repository. */
  url: string;
  state: 'open' | 'merged' | 'closed';
  title: string;
  description: string;
  /** Who opened it; `null` for an account that is gone. */
  author: HostUser | null;
  source: {
    branch: string;
    /** The branch's commit as the host has it for this pull request; it may remain when the branch is gone. */
    sha: string | null;
    /** Whether the branch is there. */
    exists: boolean;
  };
  /** The branch that it is to be merged into. */
  target: string;
  /** The commit that it became, as the host names it: a merge, a squash, or the last of the rebased ones; `null` if it is not merged. */
  mergeCommit: string | null;
  mergedBy: HostUser | null;
  /** ISO 8601. */
  mergedAt: string | null;
  /** `null` if it is not closed, or the host does not say who did it. */
  closedBy: HostUser | null;
  approvals: readonly Approval[];
  mergeable: 'yes' | 'no' | 'unknown';
  /** Why it cannot be merged now, as a sentence; `null` if nothing is known to stand against it. */
  blockedBy: string | null;
}

/** What is to be proposed. */
export interface Proposal {
  source: string;
  target: string;
  title: string;
  description: string;
}

/** What came of an attempt to merge. */
export type MergeResult =
  /** `commit` is what it became, if the host names it at once. */
  | { kind: 'merged'; commit: string | null }
  /**
   * The host is not ready: the same may work in seconds. Some say the same of a conflict, so that what is still so after
   * minutes is for a person to look at.
   */
  | { kind: 'later'; why: string }
  /** The source branch is at another commit than the one that was to be merged. */
  | { kind: 'moved' }
  /** Nothing will come of it until somebody does something: a conflict, a missing approval, a rule. */
  | { kind: 'refused'; why: string };

/** A check's result on a commit. */
export interface CommitStatus {
  state: 'pending' | 'success' | 'failure';
  /** Tells it from other checks of the commit. */
  context: string;
  description: string;
  /** A page about it; `null` for none. */
  url: string | null;
}

/** What somebody says about commit `sha` of a pull request. */
export interface Word {
  sha: string;
  /** May be empty. */
  comment: string;
}

/** What came of saying something in the name of the credential's user. */
export type Spoken =
  | 'said'
  /** The pull request is the user's own, of which the host lets them say no such thing. */
  | 'own'
  /** The user may not say it of this one, or the host says that it is at another commit. */
  | 'not_allowed'
  /** The host's API has no way to say it. */
  | 'no_way';

/**
 * The pull requests of one repository, asked with its credential. Everything rejects with `StreamFailure` if the host cannot
 * be asked or does not do it: an outage is never taken for an answer. Nothing is tried again here.
 */
export interface ReviewHost {
  kind: ReviewHostKind;
  /** The host's name in sentences. */
  name: string;
  /**
   * The open pull request from this branch of this very repository (never a fork's) into `target`, else the newest one;
   * `null` if there is none.
   */
  find(source: string, target: string): Promise<PullRequest | null>;
  /** Opens a pull request, or finds the one that is open between the two branches. */
  create(proposal: Proposal): Promise<PullRequest>;
  /** `null` if there is none with this number. */
  read(number: number): Promise<PullRequest | null>;
  update(number: number, changes: { title?: string; description?: string }): Promise<void>;
  comment(number: number, text: string): Promise<void>;
  /** The user whose credential it is. */
  user(): Promise<HostUser>;
  approve(number: number, word: Word): Promise<Spoken>;
  requestChanges(number: number, word: Word): Promise<Spoken>;
  /** Takes back what the user approved or asked for; nothing to take back is fine. */
  takeBack(number: number, comment: string): Promise<Spoken>;
  setStatus(sha: string, status: CommitStatus): Promise<void>;
  /** Merges if the source branch is at `sha`. Merged already is merged. */
  merge(
    number: number,
    merge: { sha: string; title: string; message: string },
  ): Promise<MergeResult>;
  /** Closes it without merging; closed already is fine. */
  close(number: number): Promise<void>;
  /** Deletes a branch; gone already is fine. */
  deleteBranch(name: string): Promise<void>;
}
