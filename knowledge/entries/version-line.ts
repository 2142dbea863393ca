import { createHash } from 'node:crypto';

/** A file of a space that a commit wrote or removed. */
export interface ChangedFile {
  /** From the repository's root. */
  path: string;
  /** `null`: removed. */
  blobId: string | null;
  /** The id that the file declares; `null` where it has none that can be used, or cannot be read. */
  declaredId: string | null;
}

/** What a commit did to an entry. */
export interface ChangedEntry {
  entryId: string;
  path: string;
  /** Where the entry was before; `null` where it did not move. */
  previousPath: string | null;
  /** `null`: removed. */
  blobId: string | null;
}

/** The id of a file's entry that declares none, or one that is taken: it says so by its first character. */
export function idOfPath(path: string): string {
  return `~${createHash('sha1').update(path).digest('hex').slice(0, 12)}`;
}

/**
 * Knows which file is which entry, commit by commit. An entry is its `id`: a file that moves stays the same. Of two
 * files that declare the same id the one that had it keeps it, else the first by its path; a file that lost its id
 * stays what it was.
 */
export class VersionLine {
  readonly #idOf = new Map<string, string>();
  readonly #pathOf = new Map<string, string>();

  /** Begins with the entries that there are: pairs of path and id. */
  constructor(entries: Iterable<readonly [path: string, id: string]> = []) {
    for (const [path, id] of entries) this.set(path, id);
  }

  /** The entry of a file, or `undefined`. */
  idOf(path: string): string | undefined {
    return this.#idOf.get(path);
  }

  /** Learns of an entry that is there already. */
  set(path: string, id: string): void {
    this.#idOf.set(path, id);
    this.#pathOf.set(id, path);
  }

  /** Takes all that one commit changed; answers the entries that it changed, each once. */
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
