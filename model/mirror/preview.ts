import type { FailureCode } from '../streams/errors.ts';
import type { MirrorKey } from './ids.ts';
import type { Visibility } from '../streams/visibility.ts';
import type { MirrorPolicy, MirrorRepository } from './mirror.ts';

/** A mirror that a person is thinking of enabling. None of this is stored. */
export interface PreviewRequest extends MirrorKey {
  repository: MirrorRepository;
  policy: MirrorPolicy;
}

/** What enabling a mirror would find and do. `null` means that it could not be determined. */
export interface MirrorPreview {
  repository: {
    reachable: boolean;
    /** Why it is not. */
    failure: { code: FailureCode; message: string } | null;
    /** Whether it has no branches at all. */
    empty: boolean | null;
    /** The branch's commit; also `null` if the branch does not exist yet. */
    tip: string | null;
    /** Whether the credential may push. */
    pushAllowed: boolean | null;
    /** Whether the host protects the branch against pushes. */
    branchProtected: boolean | null;
    /** Who may read it, and a sentence that says why. */
    visibility: Visibility['result'];
    visibilityReason: string;
  };
  /** What the first commit would do; `null` if the source or the repository cannot be read. */
  commit: {
    /** How many files it would write, and their size in bytes. */
    files: number;
    bytes: number;
    /** How many of them are already in the repository, byte for byte. */
    unchanged: number;
    /** Paths in our folders that it would overwrite or remove; at most 100 of each. */
    replaces: string[];
    removes: string[];
  } | null;
  /** Whether our folders contain files that are not ours, so that `adopt` is needed. */
  adoptionNeeded: boolean | null;
  /** JSON Pointers of plain-text secrets that would be left out, by file. */
  replacedSecrets: { path: string; pointer: string }[];
  warnings: string[];
}
