import type { StreamFailure } from '../../model/streams/errors.ts';
import type { DeliverOptions, Remote } from '../types.ts';
import type { NamedRef } from '../deliver/read-tip.ts';
import type { LineReads, TreeReads } from './reading-types.ts';

/** A path that differs between two trees. */
export interface PathChange {
  /** Relative to the repository's root. */
  path: string;
  /** The blob that it has now; `null` if it was removed or is no longer a regular file. */
  blobId: string | null;
}

/** Which files are of interest while trees are read. The others are only counted. */
export interface PathFilter {
  wants: (path: string) => boolean;
  /** How many wanted ones there may be, in a listing or in one commit. */
  most: number;
  /** What is thrown beyond that, for the commit with this id. */
  tooMany: (sha: string) => Error;
}

/** A blob that was read. */
export interface ReadBlob {
  blobId: string;
  /** In bytes. */
  size: number;
  /** `null` if it is larger than the requested limit. */
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
  /** Subject, body and trailers as written; at most 64 KiB. */
  message: string;
  /** What it changed below the folder compared with its first parent (for a root: everything), if wanted. */
  changes: PathChange[];
}

/** A line of a file and the commit it comes from, as reported by `git blame`. */
export interface BlameLine {
  /** Counted from 1, in the file as it is now. */
  line: number;
  sha: string;
  author: { name: string; email: string };
  authoredAt: Date;
  text: string;
}

/**
 * A full clone of one remote branch, for reading. Every method reads objects, which never change,
 * and none touches a work tree. Commits that the clone lacks count as absent, not as errors, unless
 * a method says otherwise.
 */
export interface Clone extends TreeReads, LineReads {
  /**
   * The commit of the remote's branch when it was last fetched; `null` if the branch does not
   * exist.
   */
  readonly tip: string | null;
  /** When the remote last said what its branch is; `null` if this process has not asked it. */
  readonly asOf: Date | null;
  /** Why the remote could not be asked, if it was asked for what is read now. */
  readonly staleBecause: StreamFailure | null;
  /** Whether this commit is here. */
  has(sha: string): Promise<boolean>;
  /** Whether the first commit is the second or one of its ancestors, following all parents. */
  isAncestor(sha: string, of: string): Promise<boolean>;
  /** Those of these commits that are not this commit or one of its ancestors, following all parents. */
  missingFrom(of: string, shas: Iterable<string>): Promise<Set<string>>;
  /**
   * The commits of the first-parent line that ends in `to`, newest first, at most `limit`. Without one, throws
   * `StreamFailure` with `too_many_commits` if there are more than the clones' limits allow.
   */
  firstParents(to: string, limit?: number): Promise<string[]>;
  /**
   * The commits that `to` has and `from` does not, following all parents, each with the e-mail addresses that it names: its
   * author's and its committer's. At most `most`, in any order.
   */
  namedBy(range: {
    from: string;
    to: string;
    most: number;
  }): Promise<{ sha: string; emails: string[] }[]>;
  /**
   * The wanted differences below `folder` (`''`: everywhere) between two trees; all wanted files if
   * `from` is `null`. Throws `StreamFailure` with `too_many_files` while it reads, if there are more
   * than the filter or the clones' limits allow.
   */
  changes(
    from: string | null,
    to: string,
    folder: string,
    filter?: PathFilter,
  ): Promise<PathChange[]>;
  /**
   * The first-parent line from `from` (exclusive; `null`: from its root) to `to`, oldest first, in
   * one pass of `git log`. Yields only commits that changed something wanted below `folder`. Throws
   * like `changes`, for each commit.
   */
  log(range: {
    from: string | null;
    to: string;
    folder: string;
    filter?: PathFilter;
  }): AsyncIterable<LoggedCommit>;
  /** The sizes in bytes of those of these blobs that are here, without reading them. */
  sizes(ids: Iterable<string>): Promise<Map<string, number>>;
  /**
   * Yields blobs by id, each once, in any order, through a `cat-file --batch` that stays open. Ids
   * that are not here are left out. Blobs larger than `maxBytes` (defaults to 1 MiB) come without
   * their content.
   */
  blobs(ids: Iterable<string>, maxBytes?: number): AsyncIterable<ReadBlob>;
  /** The blob at a path in a commit's tree; `null` if there is no regular file. */
  blobAt(sha: string, path: string): Promise<string | null>;
  /** Who wrote each line of a file of a commit; follows the first parents, and gives up after 10 s. */
  blame(sha: string, path: string): Promise<BlameLine[]>;
}

/** Keeps full clones of branches, one for each remote branch and process. */
export interface GitClones {
  /**
   * Calls `use` with the clone of the remote's branch. `'fresh'` asks the remote first
   * (`ls-remote`) and fetches what is new. A commit id fetches only if that commit is not here; with
   * `orKept`, the remote is then asked for the same one every 15 s at most, and if it cannot be asked, the clone is
   * taken as it is. `false` takes the clone as it is and fetches only if there is none. Throws `StreamFailure` like
   * `GitDeliverer.deliver`, except for a branch that does not exist, which has `tip: null`. Reads
   * of one clone run at the same time; fetches wait for each other.
   */
  withClone<T>(
    remote: Remote,
    wanted: 'fresh' | false | { commit: string; orKept?: true },
    use: (clone: Clone) => Promise<T>,
    options: DeliverOptions,
  ): Promise<T>;
  /**
   * The commit that the remote's branch points at, or `null`. Asks one question and fetches
   * nothing.
   */
  askTip(remote: Remote, options: DeliverOptions): Promise<string | null>;
  /**
   * The branch or tag of the remote that a name means (whatever the remote's own branch is), or `null`. Asks one question
   * and fetches nothing.
   */
  askRef(remote: Remote, name: string, options: DeliverOptions): Promise<NamedRef | null>;
}

/** A part of a merged text. */
export type TextChunk =
  { kind: 'same'; text: string } | { kind: 'conflict'; base: string; git: string; mine: string };

/** What Git can do with texts that are not in any repository. */
export interface GitTextTools {
  /**
   * Merges three texts with `git merge-file --diff3`. The chunks joined together (`same`, and one
   * side of each conflict) are a whole text, byte for byte. `null` if the texts are larger than 1
   * MiB or the merge took longer than 5 s; treat the whole text as one conflict then.
   */
  merge: (texts: { base: string; git: string; mine: string }) => Promise<TextChunk[] | null>;
  /**
   * A unified diff without its two header lines; `''` if the texts are equal, `null` beyond the
   * same limits.
   */
  diff: (from: string, to: string) => Promise<string | null>;
}
