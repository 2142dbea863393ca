import { LRUCache } from 'lru-cache';

/** How much text the things were made of that are kept, in bytes: they take a few times as much. */
const keptText = 48 * 1024 * 1024;

/** What was made of files and folders, under their ids in Git: it is right for as long as it is kept. */
export class ReadingCache {
  readonly #kept = new LRUCache<string, { value: unknown; bytes: number }>({ maxSize: keptText });
  readonly #derived = new WeakMap<object, Map<unknown, object>>();
  readonly #starts = new LRUCache<string, string>({ max: 1_000 });

  /** `undefined` if it is not kept. */
  get(key: string): unknown {
    return this.#kept.get(key)?.value;
  }

  /** How much text it was made of; `undefined` if it is not kept. */
  bytesOf(key: string): number | undefined {
    return this.#kept.get(key)?.bytes;
  }

  /** Keeps something that was made of this much text. */
  set(key: string, value: unknown, bytes: number): void {
    this.#kept.set(key, { value, bytes }, { size: Math.ceil(bytes) + 100 });
  }

  /** See `TreeFiles.derive`. */
  derive<From extends object, T extends object>(from: From, make: (from: From) => T): T {
    const of = this.#derived.get(from) ?? new Map<unknown, object>();
    this.#derived.set(from, of);
    const made = of.get(make) ?? make(from);
    of.set(make, made);
    return made as T;
  }

  /** The first commit of a mirror's project in its branch, as last found. */
  startOf(stream: string): string | undefined {
    return this.#starts.get(stream);
  }

  keepStart(stream: string, sha: string): void {
    this.#starts.set(stream, sha);
  }
}
