import type { RenderedFile } from '../platform/tree.ts';

/** What must be written and removed to get from one tree to another. */
export interface TreeDifference {
  written: RenderedFile[];
  removed: string[];
}

/**
 * The difference between a rendering and a tree of which we know the blob ids (path → blob id), ordered
 * by path. Only `removable` paths are removed: a file that is not ours stays.
 */
export function treeDifference(
  rendered: ReadonlyMap<string, RenderedFile>,
  present: ReadonlyMap<string, string>,
  removable: (path: string) => boolean = () => true,
): TreeDifference {
  const written = [...rendered.values()].filter(({ path, blobId }) => present.get(path) !== blobId);
  const removed = [...present.keys()].filter((path) => !rendered.has(path) && removable(path));
  return { written: written.sort((a, b) => (a.path < b.path ? -1 : 1)), removed: removed.sort() };
}
