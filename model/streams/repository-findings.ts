import type { FailureCode } from './errors.ts';
import type { Visibility } from './visibility.ts';

/** Whether a credential may push to a repository, as far as the repository itself says. */
export interface PushAccess {
  /** `null`: that could not be determined. A branch may still be protected. */
  allowed: boolean | null;
  /** If it may not, or that is not known: a sentence that says why, and what to do; otherwise empty. */
  reason: string;
}

/** What was found where a stream is to write. `null` means that it could not be determined. */
export interface RepositoryFindings {
  reachable: boolean;
  /** Why it is not. */
  failure: { code: FailureCode; message: string } | null;
  /** Whether it has no branches at all. */
  empty: boolean | null;
  /** The branch's commit; also `null` if the branch does not exist yet. */
  tip: string | null;
  /** Whether the credential may push. */
  pushAllowed: boolean | null;
  /** If it may not, or that is not known: why, and what to do; otherwise empty. */
  pushReason: string;
  /** Whether the host protects the branch against pushes. */
  branchProtected: boolean | null;
  /** Who may read it, and a sentence that says why. */
  visibility: Visibility['result'];
  visibilityReason: string;
}
