import { createHash } from 'node:crypto';

/** A file of a space that a commit wrote or removed. */
export interface ChangedFile {
  /** Relative to the repository's root. */
  path: string;
  /** `null` if the file was removed. */
  blobId: string | null;
  /** The id that the file declares. `null` if it has none that can be used, or cannot be read. */
  declaredId: string | null;
}

/** A change that a commit made to an entry. */
export interface ChangedEntry {
  entryId: string;
  path: string;
  /** The path of the entry before the commit, or `null` if it did not move. */
  previousPath: string | null;
  /** `null` if the entry was removed. */
  blobId: string | null;
}

/** The id of an entry whose file declares no id, or one that is taken. Its first character shows that. */
export function idOfPath(path: string): string {
  return `~${createHash('sha1').update(path).digest('hex').slice(0, 12)}`;
}

/**
 * Keeps track of which file is which entry, commit by commit. An entry is identified by its `id`: if its file
 * moves, it stays the same entry. If two files declare the same id, it belongs to the one that had it before,
 * or else to the first by path. A file that loses its id stays the same entry.
 */
export class VersionLine {
  readonly #idOf = new Map<string, string>();
  readonly #pathOf = new Map<string, string>();

  /** Starts with the entries that already exist, as pairs of path and id. */
  constructor(entries: Iterable<readonly [path: string, id: string]> = []) {
    for (const [path, id] of entries) this.set(path, id);
  }

  /** How many files there are. */
  get size(): number {
    return this.#idOf.size;
  }

  /** The id of a file's entry, or `undefined`. */
  idOf(path: string): string | undefined {
    return this.#idOf.get(path);
  }

  /** Adds an entry that already exists. */
  set(path: string, id: string): void {
    this.#idOf.set(path, id);
    this.#pathOf.set(id, path);
  }

  /** Applies everything that one commit changed. Returns the changed entries, each once. */
  step(files: readonly ChangedFile[]): ChangedEntry[] {
    const released = new Map<string, string>();
    const before = new Map<string, string>();
    for (const { path } of files) {
      const id = this.#idOf.get(path);
      if (id === undefined) continue;
      released.set(id, path);
      before.set(path, id);
      this.#idOf.delete(path);
      this.#pathOf.delete(id);
    }
    const written = files.filter(({ blobId }) => blobId !== null);
    const changed = written
      .map((file) => ({ ...file, id: file.declaredId ?? before.get(file.path) ?? null }))
      .sort((a, b) => Number(stays(b)) - Number(stays(a)) || (a.path < b.path ? -1 : 1))
      .map(({ path, blobId, id }): ChangedEntry => {
        const entryId = id === null || this.#pathOf.has(id) ? idOfPath(path) : id;
        this.set(path, entryId);
        const from = released.get(entryId);
        released.delete(entryId);
        return {
          entryId,
          path,
          previousPath: from === undefined || from === path ? null : from,
          blobId,
        };
      });
    const removed = [...released].map(([entryId, path]): ChangedEntry => ({
      entryId,
      path,
      previousPath: null,
      blobId: null,
    }));
    return [...changed, ...removed];

    function stays({ path, id }: { path: string; id: string | null }): boolean {
      return id !== null && before.get(path) === id;
    }
  }
}
