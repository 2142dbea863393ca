import { pathKey } from '../../model/text/path-key.ts';

/** The path itself, then `name-2.md`, `name-3.md`, … in the same folder, without end. */
export function* pathsBeside(path: string): Generator<string, never> {
  const { stem = path, extension = '' } =
    /^(?<stem>.*?)(?<extension>\.[^./]*)?$/s.exec(path)?.groups ?? {};
  yield path;
  for (let count = 2; ; count += 1) yield `${stem}-${count}${extension}`;
}

/** The first of the {@link pathsBeside} whose key (`pathKey`) is not taken. */
export function freePath(path: string, taken: Pick<ReadonlySet<string>, 'has'>): string {
  const candidates = pathsBeside(path);
  for (;;) {
    const { value } = candidates.next();
    if (!taken.has(pathKey(value))) return value;
  }
}

/** Gives free paths to new files, each of them once, in linear time even if all of them want the same. */
export class FreePaths {
  readonly #taken: Set<string>;
  readonly #beside = new Map<string, Generator<string, never>>();

  /** `taken` are keys (`pathKey`). */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** Takes the first of the {@link pathsBeside} that is free. */
  take(path: string): string {
    const candidates = this.#beside.get(path) ?? pathsBeside(path);
    this.#beside.set(path, candidates);
    for (;;) {
      const { value } = candidates.next();
      const key = pathKey(value);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return value;
    }
  }
}
