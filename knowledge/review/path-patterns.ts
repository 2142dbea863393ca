import { pathKey } from '../../model/text/path-key.ts';
import { matchesWildcard } from '../../model/text/wildcard.ts';

/** The paths that a rule is about; everything, if it names none. */
export class PathPatterns {
  readonly #patterns: readonly { key: string; shortest: number }[] | null;

  constructor(patterns: readonly string[] | undefined) {
    this.#patterns =
      patterns?.map((pattern) => {
        const key = pathKey(pattern);
        return { key, shortest: key.replaceAll('*', '').length };
      }) ?? null;
  }

  /** Whether a path is meant, however it is spelled. `key` is its `pathKey`. */
  has(key: string): boolean {
    if (this.#patterns === null) return true;
    return this.#patterns.some(
      ({ key: pattern, shortest }) => shortest <= key.length && matchesWildcard(pattern, key),
    );
  }
}
