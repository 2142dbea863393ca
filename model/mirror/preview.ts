import type { FailureCode } from '../streams/errors.ts';
import type { MirrorKey } from './ids.ts';
import type { Visibility } from '../streams/visibility.ts';
import type { MirrorPolicy, MirrorRepository } from './mirror.ts';

/** The mirror that a person thinks of enabling; nothing of it is stored. */
export interface PreviewRequest extends MirrorKey {
  repository: MirrorRepository;
  policy: MirrorPolicy;
}

/** What enabling a mirror would find and do. `null` is what could not be found out. */
export interface MirrorPreview {
  repository: {
    reachable: boolean;
    /** Why it is not. */
    failure: { code: FailureCode; message: string } | null;
    /** Whether it has no branch at all. */
    empty: boolean | null;
    /** The branch's commit; `null` also where there is no such branch yet. */
    tip: string | null;
    /** Whether the credential may push. */
    pushAllowed: boolean | null;
    /** Whether the host guards the branch against pushes. */
    branchProtected: boolean | null;
    /** Who may read it, and a sentence that says why. */
    visibility: Visibility['result'];
    visibilityReason: string;
  };
  /** What the first commit would do; `null` where source or repository cannot be read. */
  commit: {
    /** How many files it would write, and their size in bytes. */
    files: number;
    bytes: number;
    /** How many of them are in the repository already, to the byte. */
    unchanged: number;
    /** Paths inside our folders that it would overwrite or remove: at most 100 of each. */
    replaces: string[];
    removes: string[];
  } | null;
  /** Whether there are files in our folders that are not ours, so that `adopt` is needed. */
  adoptionNeeded: boolean | null;
  /** JSON pointers of values in clear that would be left out, by file. */
  replacedSecrets: { path: string; pointer: string }[];
  warnings: string[];
}
