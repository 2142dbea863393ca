import type { Clone } from '../../../git/clones/clone-types.ts';
import type { FileParser, TreeFiles } from '../../../platforms/reading/layout-reading.ts';
import type { ReadingCache } from './reading-cache.ts';

/** The largest file that is parsed, in bytes. The lineage of a bucket with many readers can have 7 MB. */
const largestFile = 16 * 1024 * 1024;
/** The most that is read of one folder. */
const mostFiles = 20_000;
const mostBytes = 64 * 1024 * 1024;

/** The tree of one commit of a mirror. */
export interface MirrorTree {
  clone: Clone;
  sha: string;
  branchId: string;
  /** The place of a path of the mirror in the repository. */
  inRepository: (path: string) => string;
}

/** See {@link TreeFiles}. What is larger than what is parsed counts as absent. */
export function createTreeFiles(tree: MirrorTree, cache: ReadingCache): TreeFiles {
  const { clone, sha, inRepository } = tree;

  async function treeAt(folder: string): Promise<string | null> {
    const entry = await clone.entryAt(sha, inRepository(folder));
    return entry?.type === 'folder' ? entry.id : null;
  }

  return {
    branchId: tree.branchId,
    async read<T>(path: string, parser: FileParser<T>) {
      const entry = await clone.entryAt(sha, inRepository(path));
      if (entry?.type !== 'file') return null;
      const key = `${parser.name} ${entry.id}`;
      const kept = cache.get(key) as T | null | undefined;
      if (kept !== undefined) return kept;
      let made: T | null = null;
      let size = 0;
      for await (const blob of clone.blobs([entry.id], largestFile)) {
        made = parsed(blob.content, parser);
        size = blob.content?.byteLength ?? 0;
      }
      cache.set(key, made, size);
      return made;
    },
    async readAll<T>(folder: string, parser: FileParser<T>) {
      const id = await treeAt(folder);
      if (id === null) return new Map<string, T>();
      const key = `all ${parser.name} ${id}`;
      const kept = cache.get(key) as ReadonlyMap<string, T> | null | undefined;
      if (kept !== undefined) return kept;
      const { made, size } = await allBelow(clone, id, parser, cache);
      // The files are kept on their own; this is only a list of what they gave.
      cache.set(key, made, size / 4);
      return made;
    },
    derive: (from, make) => cache.derive(from, make),
  };
}

async function allBelow<T>(
  clone: Clone,
  treeId: string,
  parser: FileParser<T>,
  cache: ReadingCache,
): Promise<{ made: Map<string, T> | null; size: number }> {
  const files = await clone.filesBelow(treeId, mostFiles);
  if (files === null) return { made: null, size: 0 };
  const ids = new Set(files.map(({ id }) => id));
  const keyOf = (id: string): string => `${parser.name} ${id}`;
  const kept = new Map([...ids].map((id) => [id, cache.bytesOf(keyOf(id))]));
  const sizes = await clone.sizes([...ids].filter((id) => kept.get(id) === undefined));
  // The same file may be there many times.
  const size = files.reduce((sum, { id }) => sum + (kept.get(id) ?? sizes.get(id) ?? 0), 0);
  if (size > mostBytes) return { made: null, size: 0 };
  const byId = new Map<string, T | null>();
  const unread: string[] = [];
  for (const id of ids) {
    const value = cache.get(keyOf(id)) as T | null | undefined;
    if (value === undefined) unread.push(id);
    else byId.set(id, value);
  }
  for await (const { blobId, content } of clone.blobs(unread, largestFile)) {
    const value = parsed(content, parser);
    byId.set(blobId, value);
    cache.set(keyOf(blobId), value, content?.byteLength ?? 0);
  }
  const made = new Map<string, T>();
  for (const { path, id } of files) {
    const value = byId.get(id) ?? null;
    if (value !== null) made.set(path, value);
  }
  return { made, size };
}

function parsed<T>(content: Uint8Array | null, parser: FileParser<T>): T | null {
  const text = content === null ? null : textOf(content);
  return text === null ? null : parser.parse(text);
}

/** The text of a file; `null` if it is not UTF-8, or has NUL in it. */
export function textOf(content: Uint8Array): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
