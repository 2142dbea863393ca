import type { Clone, LoggedCommit } from '../../../git/clones/clone-types.ts';
import { isEntryId, plainId } from '../../../knowledge/entries/entry-id.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

/** The ids that blobs declare. Each blob is read once, and only as far as needed to find its id. */
export class DeclaredIds {
  readonly #clone: Clone;
  readonly #pause: () => Promise<void>;
  readonly #ids = new Map<string, string | null>();

  constructor(clone: Clone, pause: () => Promise<void>) {
    this.#clone = clone;
    this.#pause = pause;
  }

  /** The id that a blob declares; `null` if it has no usable id, or was not learned. */
  of(blobId: string | null): string | null {
    return blobId === null ? null : (this.#ids.get(blobId) ?? null);
  }

  /** Reads the blobs that these commits added, if their paths belong to a kind. */
  async learn(
    commits: readonly LoggedCommit[],
    kindOf: (path: string) => Kind | null,
  ): Promise<void> {
    const kinds = new Map<string, Kind>();
    for (const { changes } of commits)
      for (const { path, blobId } of changes) {
        const kind = kindOf(path);
        if (blobId !== null && kind !== null && !this.#ids.has(blobId)) kinds.set(blobId, kind);
      }
    if (kinds.size === 0) return;
    for await (const { blobId, content } of this.#clone.blobs(kinds.keys())) {
      const kind = kinds.get(blobId);
      if (kind !== undefined) this.#ids.set(blobId, declaredId(content, kind));
      await this.#pause();
    }
  }
}

function declaredId(content: Uint8Array | null, kind: Kind): string | null {
  if (content !== null && kind.format === 'markdown') {
    const plain = plainId(Buffer.from(content).toString('utf8'));
    if (plain !== undefined) return plain;
  }
  const { id } = readEntryBytes(content, kind);
  return id !== null && isEntryId(id) ? id : null;
}
