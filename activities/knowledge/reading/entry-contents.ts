import { LRUCache } from 'lru-cache';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { readEntryBytes, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

/** The content of a file. `text` is `null` if it is not text that we store. */
export type FileContent = ReadEntry & { text: string | null };

/** A file whose content can be read. */
export interface ReadableFile {
  kind: Kind;
  blobId: string;
}

/** The content of one of the files that were read. */
export type ContentOf = (file: ReadableFile) => FileContent;

/** Characters of text that are kept for the next files: many files may have the same content. */
const keptText = 4 * 1024 * 1024;

/** Reads the contents of files, a few at a time: all of a branch together may not fit into memory. */
export class EntryContents {
  readonly #clone: Clone;
  readonly #pause: () => Promise<void>;
  readonly #kept = new LRUCache<string, FileContent>({
    maxSize: keptText,
    // What else there is of an entry is small, or part of its text.
    sizeCalculation: ({ text }) => 500 + (text?.length ?? 0),
  });

  constructor(clone: Clone, pause: () => Promise<void>) {
    this.#clone = clone;
    this.#pause = pause;
  }

  /** The contents of these files, each read and parsed once; the function returns that of one of them. */
  async read(files: readonly ReadableFile[]): Promise<ContentOf> {
    const contents = new Map<string, FileContent>();
    const unread = new Map<string, Map<string, Kind>>();
    for (const { kind, blobId } of files) {
      const key = keyOf({ kind, blobId });
      const known = this.#kept.get(key);
      if (known !== undefined) contents.set(key, known);
      else unread.set(blobId, (unread.get(blobId) ?? new Map<string, Kind>()).set(kind.name, kind));
    }
    for await (const { blobId, content } of this.#clone.blobs(unread.keys()))
      for (const kind of unread.get(blobId)?.values() ?? []) {
        const read = readEntryBytes(content, kind);
        contents.set(keyOf({ kind, blobId }), read);
        this.#kept.set(keyOf({ kind, blobId }), read);
        await this.#pause();
      }
    return (file) => {
      const content = contents.get(keyOf(file));
      if (content === undefined) throw new Error(`The blob ${file.blobId} was not read.`);
      return content;
    };
  }
}

function keyOf({ kind, blobId }: ReadableFile): string {
  return `${blobId} ${kind.name}`;
}
