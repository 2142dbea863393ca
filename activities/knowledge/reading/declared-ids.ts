import { LRUCache } from 'lru-cache';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { declaredId } from '../../../knowledge/entries/declared-id.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ReadableFile } from './entry-contents.ts';

/** How many ids are remembered. A blob that returns later is read again. */
const mostKnown = 200_000;

/** The ids that files declare. Each blob is read once, and only as far as needed to find its id. */
export class DeclaredIds {
  readonly #clone: Clone;
  readonly #pause: () => Promise<void>;
  readonly #known = new LRUCache<string, { id: string | null }>({
    // Unlike `max`, this allocates nothing in advance: most readings are of one or two files.
    maxSize: mostKnown,
    sizeCalculation: () => 1,
  });

  constructor(clone: Clone, pause: () => Promise<void>) {
    this.#clone = clone;
    this.#pause = pause;
  }

  /** The ids of these files; the function returns that of one of them: `null` if it has no usable one. */
  async learn(files: readonly ReadableFile[]): Promise<(file: ReadableFile) => string | null> {
    const ids = new Map<string, string | null>();
    const unread = new Map<string, Map<string, Kind>>();
    for (const file of files) {
      const known = this.#known.get(keyOf(file));
      if (known !== undefined) ids.set(keyOf(file), known.id);
      else {
        const kinds = unread.get(file.blobId) ?? new Map<string, Kind>();
        unread.set(file.blobId, kinds.set(file.kind.name, file.kind));
      }
    }
    if (unread.size > 0)
      for await (const { blobId, content } of this.#clone.blobs(unread.keys())) {
        for (const kind of unread.get(blobId)?.values() ?? []) {
          const id = declaredId(content, kind);
          ids.set(keyOf({ kind, blobId }), id);
          this.#known.set(keyOf({ kind, blobId }), { id });
        }
        await this.#pause();
      }
    return (file) => ids.get(keyOf(file)) ?? null;
  }
}

function keyOf({ kind, blobId }: ReadableFile): string {
  return `${blobId} ${kind.name}`;
}
