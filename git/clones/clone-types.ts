import type { DeliverOptions, Remote } from '../types.ts';

/** A path that differs between two trees. */
export interface PathChange {
  /** Relative to the repository's root. */
  path: string;
  /** The blob that it has now; `null` where it is gone, or is no regular file any more. */
  blobId: string | null;
}

/** A blob as read. */
export interface ReadBlob {
  blobId: string;
  /** Bytes. */
  size: number;
  /** `null` where it is larger than was asked for. */
  content: Uint8Array | null;
}

/** A commit on the branch's first-parent line. */
export interface LoggedCommit {
  sha: string;
  /** The first parent; `null` for a root. */
  parent: string | null;
  author: { name: string; email: string };
  authoredAt: Date;
  committedAt: Date;
  /** Subject, body and trailers as they are; at most 64 KiB of it. */
  message: string;
  /** What it changed below the folder against its first parent (all of it, for a root). */
  changes: PathChange[];
}

/** A line of a file, and the commit that it is from. `git blame` gives it. */
export interface BlameLine {
  /** Counted from 1, as the file is now. */
  line: number;
  sha: string;
  author: { name: string; email: string };
  authoredAt: Date;
  text: string;
}

/**
 * A full copy of one remote branch, for reading: every method looks at objects, which never change, and none
 * touches a work tree. Commits that the copy lacks are absent, not an error, unless it says so.
 */
export interface Clone {
  /** The commit of the remote's branch when it was last fetched; `null` where the branch does not exist. */
  readonly tip: string | null;
  /** Whether this commit is here. */
  has(sha: string): Promise<boolean>;
  /** Whether the first is the second or one of its ancestors, by all parents. */
  isAncestor(sha: string, of: string): Promise<boolean>;
  /** The commits of the first-parent line that ends in `to`, newest first, as far as `limit`. */
  firstParents(to: string, limit?: number): Promise<string[]>;
  /** What differs below `folder` (`''`: everywhere) from one tree to the other; all files where `from` is `null`. */
  changes(from: string | null, to: string, folder: string): Promise<PathChange[]>;
  /**
   * The first-parent line from `from` (exclusive; `null`: from its root) to `to`, oldest first, in one pass of
   * `git log`; only commits that changed something below `folder`.
   */
  log(range: { from: string | null; to: string; folder: string }): AsyncIterable<LoggedCommit>;
  /**
   * Blobs by their ids, each once, in any order, through a `cat-file --batch` that stays open; ids that are
   * not here are left out. Larger ones than `maxBytes` (1 MiB unless told) come without their content.
   */
  blobs(ids: Iterable<string>, maxBytes?: number): AsyncIterable<ReadBlob>;
  /** The blob that a path has in a commit's tree; `null` where it is no regular file there. */
  blobAt(sha: string, path: string): Promise<string | null>;
  /** Who wrote each line of a file of a commit; follows the first parents, and gives up after 10 s. */
  blame(sha: string, path: string): Promise<BlameLine[]>;
}

/** Keeps full copies of branches, one a remote branch and process. */
export interface GitClones {
  /**
   * Gives the copy of the remote's branch. `fresh` asks the remote first (`ls-remote`) and fetches what is new;
   * a commit id fetches only where that commit is not here; `false` takes the copy as it is, and fetches only
   * where there is none. Throws `StreamFailure` as `GitDeliverer.deliver` does, except for a branch
   * that does not exist, which is `tip: null`. Reads of one copy run beside each other; fetches wait for each other.
   */
  withClone<T>(
    remote: Remote,
    wanted: 'fresh' | false | { commit: string },
    use: (clone: Clone) => Promise<T>,
    options: DeliverOptions,
  ): Promise<T>;
  /** The commit that the remote's branch points at, or `null`: one question, nothing is fetched. */
  askTip(remote: Remote, options: DeliverOptions): Promise<string | null>;
}

/** A piece of a merged text. */
export type TextChunk =
  { kind: 'same'; text: string } | { kind: 'conflict'; base: string; git: string; mine: string };

/** What Git's text tools do with texts that are in no repository. */
export interface GitTextTools {
  /**
   * Merges three texts with `git merge-file --diff3`. The pieces put together (`same`, and of a conflict the
   * side that one wants) are a whole text, to the byte. `null` where the texts are larger than 1 MiB, or it took longer than 5 s:
   * then the text is one conflict.
   */
  merge: (texts: { base: string; git: string; mine: string }) => Promise<TextChunk[] | null>;
  /** A unified diff without its two header lines, `''` where they are equal; `null` beyond the same limits. */
  diff: (from: string, to: string) => Promise<string | null>;
}
