import type { StorageProblem } from '../../../model/platform/storage.ts';
import { ShapeError, type JsonReader } from './json-reader.ts';

/** Lets what is well be read where something else is not of the shape that we know, and notes it. */
export class Tolerance {
  readonly #problems = new Map<string, string>();

  /** The first problem of each object. */
  get problems(): StorageProblem[] {
    return [...this.#problems].map(([id, message]) => ({ id, message }));
  }

  /** What `read` gives; where the shape is another, the fallback, and a note on the object `id`. */
  read<T>(id: string, fallback: T, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      if (!this.#problems.has(id)) this.#problems.set(id, error.message);
      return fallback;
    }
  }

  /** What `read` gives for each item; items of another shape are left out. No list is an empty one. */
  each<T>(id: string, list: () => JsonReader, read: (item: JsonReader) => T): T[] {
    const items = this.read<JsonReader[]>(id, [], () => (list().isAbsent ? [] : list().items()));
    return items.flatMap((item) => this.read<T[]>(id, [], () => [read(item)]));
  }
}
