import { suffixedPath } from '../../tree/unique-paths.ts';

/** Who has which path, and which paths are free. No two objects have the same. */
export class TakenPaths<T> {
  /** What has a path; `null` if it is only reserved. */
  readonly #holders = new Map<string, T | null>();
  readonly #paths = new Map<T, string>();
  /** The lowest suffix of a wanted path that may be free: all lower ones are taken. */
  readonly #lowest = new Map<string, number>();
  /** The wanted paths (with a suffix) that each taken path stands in the way of. */
  readonly #blocked = new Map<string, Map<string, number>>();
  readonly #isForbidden: (path: string) => boolean;

  /** `isForbidden` says which paths no object may have. */
  constructor(isForbidden: (path: string) => boolean) {
    this.#isForbidden = isForbidden;
  }

  /** The path of an object that has one. */
  of(object: T): string {
    const path = this.#paths.get(object);
    if (path === undefined) throw new Error('The object has no path yet.');
    return path;
  }

  /** Gives an object exactly this path. Returns `false` if it is already taken. */
  claim(object: T, path: string): boolean {
    if (this.isTaken(path)) return false;
    this.#holders.set(path, object);
    this.#paths.set(object, path);
    return true;
  }

  /** Whether no object can get this path. */
  isTaken(path: string): boolean {
    return this.#holders.has(path) || this.#isForbidden(path);
  }

  /** Takes a path that belongs to no object, until it is released. */
  reserve(path: string): void {
    if (!this.isTaken(path)) this.#holders.set(path, null);
  }

  /** Frees a path that was reserved. */
  release(path: string): void {
    if (this.#holders.get(path) === null) this.#free(path);
  }

  /** The best path that an object could have: the wanted one, or the first with a suffix `-001`, `-002`, … */
  best(object: T, wanted: string): string {
    const own = this.#paths.get(object);
    const lowest = this.#lowest.get(wanted) ?? 0;
    const ownSuffix = own === undefined ? undefined : this.#blocked.get(own)?.get(wanted);
    if (own !== undefined && ownSuffix !== undefined && ownSuffix < lowest) return own;
    let suffix = lowest;
    let path = suffixedPath(wanted, suffix);
    for (; path !== own && this.isTaken(path); path = suffixedPath(wanted, ++suffix)) {
      const blocked = this.#blocked.get(path);
      if (blocked === undefined) this.#blocked.set(path, new Map([[wanted, suffix]]));
      else blocked.set(wanted, suffix);
    }
    this.#lowest.set(wanted, suffix);
    return path;
  }

  /** Gives an object the {@link best} path. */
  take(object: T, wanted: string): void {
    const own = this.#paths.get(object);
    const path = this.best(object, wanted);
    if (path === own) return;
    if (own !== undefined) this.#free(own);
    this.claim(object, path);
  }

  #free(path: string): void {
    this.#holders.delete(path);
    for (const [wanted, suffix] of this.#blocked.get(path) ?? []) {
      const lowest = this.#lowest.get(wanted);
      if (lowest !== undefined && lowest > suffix) this.#lowest.set(wanted, suffix);
    }
    this.#blocked.delete(path);
  }
}
