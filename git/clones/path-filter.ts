import { StreamFailure } from '../../model/streams/errors.ts';
import type { PathChange, PathFilter } from './clone-types.ts';

/** How many bytes of a path are kept. Longer ones are cut, and no use to anybody. */
export const longestPath = 4_096;
/** The most that the kept paths may have together, in characters: this is what a listing takes in memory. */
const allPaths = 64 * 1024 * 1024;

/**
 * Collects the changes that git lists, while it lists them: a tree of a few kilobytes can have any number of files.
 * Throws `StreamFailure` with `too_many_files` as soon as there are more than `entries`, or more kept ones than the
 * filter allows.
 */
export class KeptPaths {
  readonly #sha: string;
  readonly #entries: number;
  readonly #filter: PathFilter;
  #seen = 0;
  #characters = 0;
  readonly kept: PathChange[] = [];

  constructor(sha: string, entries: number, filter: PathFilter) {
    this.#sha = sha;
    this.#entries = entries;
    this.#filter = filter;
  }

  add(change: PathChange): void {
    this.#seen += 1;
    if (this.#seen > this.#entries) throw tooManyEntries(this.#sha, this.#entries);
    if (!this.#filter.wants(change.path)) return;
    this.#characters += change.path.length;
    if (this.kept.length >= this.#filter.most || this.#characters > allPaths)
      throw this.#filter.tooMany(this.#sha);
    this.kept.push(change);
  }
}

/**
 * The new blob in a raw line (`:<old mode> <new mode> <old id> <new id> <status>`), if it is a
 * regular file.
 */
export function newBlob(line: string): string | null {
  const [, mode = '', , id] = line.split(' ');
  return mode.startsWith('100') && id !== undefined ? id : null;
}

function tooManyEntries(sha: string, entries: number): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `Commit ${sha} has, or changes, more than ${entries.toLocaleString('en')} files. ` +
      'Remove what does not belong there, use a branch without it, or raise GITWARD_MAX_TREE_FILES.',
  );
}
