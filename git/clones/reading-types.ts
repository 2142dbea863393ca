/** What an entry of a tree is. Only files and folders are ever opened. */
export type EntryType = 'file' | 'folder' | 'symlink' | 'submodule';

/** An entry of a tree. */
export interface TreeEntry {
  /** Decoded as UTF-8; bytes that are not UTF-8 are shown as U+FFFD. */
  name: string;
  /** Whether the name is UTF-8, so that a path can name it. */
  isUtf8: boolean;
  type: EntryType;
  /** The id of the blob or tree; of a submodule, the id of its commit. */
  id: string;
}

/** What a commit says about itself. Everything may have been written by anybody. */
export interface CommitFacts {
  sha: string;
  tree: string;
  /** The first parent; `null` for a root. */
  parent: string | null;
  author: { name: string; email: string };
  authoredAt: Date;
  committedAt: Date;
  /** The first line of the message, at most 1,000 characters. */
  subject: string;
  /** The rest of the message with its trailers, at most 64 KiB. */
  body: string;
}

/** A file as one side of a comparison has it. */
export interface FileSide {
  id: string;
  type: Exclude<EntryType, 'folder'>;
}

/** A path that differs between two trees, with what it is on both sides; `null` where there is nothing. */
export interface FileDifference {
  /** Relative to the repository's root. */
  path: string;
  before: FileSide | null;
  after: FileSide | null;
}

/** The first-parent line of a branch, oldest first. Positions count from 0. */
export interface CommitLine {
  readonly length: number;
  /** The commit at a position of the line. */
  shaAt(position: number): string;
  /** When that commit was made, by its committer date, in milliseconds since 1970. */
  timeAt(position: number): number;
  /** `null` if the commit is not on the line. */
  positionOf(sha: string): number | null;
  /** The newest position whose commit was made at this time or earlier; `null` if all were made later. */
  positionAt(time: Date): number | null;
}

/**
 * Reads the objects of a clone one by one: commits, folders, files. Nothing is followed, neither
 * symbolic links nor submodules. Objects that are larger than their limit are never loaded; these
 * methods throw `StreamFailure` (`too_many_files`, `repository_too_large`) then.
 */
export interface TreeReads {
  /** `null` if there is no such commit here. */
  commitFacts(sha: string): Promise<CommitFacts | null>;
  /** What is at a path in a commit's tree (`''`: its root); `null` if there is nothing. */
  entryAt(sha: string, path: string): Promise<TreeEntry | null>;
  /** The entries of a folder by the id of its tree, in Git's order. */
  entriesOf(treeId: string): Promise<TreeEntry[]>;
  /** The files below a folder, with their paths relative to it; at most `most`, else `null`. */
  filesBelow(treeId: string, most: number): Promise<{ path: string; id: string }[] | null>;
}

/** Reads the history of a clone's branch along its first parents. */
export interface LineReads {
  /**
   * The line that ends with this commit. Throws `StreamFailure` with `too_many_commits` if it is
   * longer than the clones' limits allow.
   */
  line(to: string): Promise<CommitLine>;
  /**
   * What differs between the trees of two commits (`null`: an empty tree) below these folders, in the
   * order of the paths. Throws `StreamFailure` with `too_many_files` while it reads, if more than
   * `most` files differ.
   */
  differences(
    from: string | null,
    to: string,
    folders: readonly string[],
    most: number,
  ): Promise<FileDifference[]>;
  /**
   * The commits of the line that changed something at or below a path, newest first, starting with
   * `to`; at most `most`.
   */
  touching(to: string, path: string, most: number): Promise<string[]>;
}
