/** How much of a repository is read. What is beyond a limit throws `StreamFailure` with a code under which it is held. */
export interface CloneLimits {
  /** Files of one tree, or files that one commit changed, whether they are of interest or not. */
  treeFiles: number;
  /** Commits on the first-parent line of the branch. */
  commits: number;
  /** Bytes that a clone may take on disk. */
  disk: number;
}

/** The defaults: see the table in the README. */
export const defaultCloneLimits: CloneLimits = {
  treeFiles: 1_000_000,
  commits: 500_000,
  disk: 2 * 1024 ** 3,
};

/**
 * How much memory a process of git may take by default, in MiB: a hundredfold of what ordinary repositories need.
 * Without a limit, comparing two trees that are made to be large, or one blob that is, takes all memory of the machine.
 */
export const defaultGitMemory = 1024;
