import type { StorageProblem } from '../../../model/platform/storage.ts';
import { ShapeError, type JsonReader } from './json-reader.ts';

/**
 * Makes it possible to read the valid parts of an answer even if others have an unexpected form, which it
 * records.
 */
export class Tolerance {
  readonly #problems = new Map<string, string>();

  /** The first problem of each object. */
  get problems(): StorageProblem[] {
    return [...this.#problems].map(([id, message]) => ({ id, message }));
  }

  /**
   * The result of `read`. If the form is unexpected, returns the fallback and records a problem of the object
   * `id`.
   */
  read<T>(id: string, fallback: T, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      if (!this.#problems.has(id)) this.#problems.set(id, error.message);
      return fallback;
    }
  }

  /**
   * The results of `read` for each item. Items with an unexpected form are left out. A missing list counts as
   * empty.
   */
  each<T>(id: string, list: () => JsonReader, read: (item: JsonReader) => T): T[] {
    const items = this.read<JsonReader[]>(id, [], () => (list().isAbsent ? [] : list().items()));
    return items.flatMap((item) => this.read<T[]>(id, [], () => [read(item)]));
  }
}
