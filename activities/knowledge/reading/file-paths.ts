import type { PathFilter } from '../../../git/clones/clone-types.ts';
import { kindOfPath } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ReadingLimits } from '../../../model/knowledge/reading-limits.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';

/** Paths that are longer, or not UTF-8, cannot be entries: indexes and URLs could not contain them. */
const longestPath = 1_000;
/** How many paths are remembered: a history may have any number of them. */
const mostKnown = 100_000;

/** Which kind each path of a space belongs to. */
export class FilePaths {
  readonly #root: string;
  readonly #kinds: readonly Kind[];
  readonly #known = new Map<string, Kind | null>();

  constructor(root: string, kinds: readonly Kind[]) {
    this.#root = root;
    this.#kinds = kinds;
  }

  /** The kind of a path that can be an entry; `null` for all others. Remembers what can be one. */
  kindOf(path: string): Kind | null {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const kind = isUsablePath(path) ? this.wouldBe(path) : null;
    if (kind === null) return null;
    if (this.#known.size === mostKnown) this.#known.clear();
    this.#known.set(path, kind);
    return kind;
  }

  /** The kind that a path would have if it were not too long, or not UTF-8. */
  wouldBe(path: string): Kind | null {
    return kindOfPath(this.#kinds, this.#root, path);
  }
}

/** Whether a path can belong to an entry: see {@link longestPath}. */
export function isUsablePath(path: string): boolean {
  return Buffer.byteLength(path) <= longestPath && !path.includes('\ufffd');
}

/**
 * The files that are read of a branch. There may be twice as many as a space may have: those that were removed, and
 * those that came instead.
 */
export function filesWanted(
  { files }: Pick<ReadingLimits, 'files'>,
  wants: (path: string) => boolean,
): PathFilter {
  return { wants, most: 2 * files, tooMany: () => tooManyFiles(files) };
}

/**
 * How many files a space may have had in an old commit: more than it may have now, so that somebody who pushed too many
 * can take that back.
 */
export function mostInHistory({ files }: Pick<ReadingLimits, 'files'>): number {
  return 4 * files;
}

/** The failure of a space that had too many files in an old commit. */
export function tooManyFilesAt(sha: string, most: number): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `The history has a commit (${sha}) with more than ${most.toLocaleString('en')} files that can be entries. ` +
      'Use a branch without it, or raise GITWARD_MAX_SPACE_FILES.',
  );
}

/** The failure of a space with too many files. */
export function tooManyFiles(files: number): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `The space has more than ${files.toLocaleString('en')} files that can be entries. ` +
      'Remove some, divide the space, or raise GITWARD_MAX_SPACE_FILES.',
  );
}

/** A path below the space's root, as a path in the repository. */
export function under(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
