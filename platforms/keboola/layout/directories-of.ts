import type { ObjectKey, RenderedFile } from '../../../model/platform/tree.ts';

/**
 * The directory of each object in the rendered tree, as far as it can be seen: that of its topmost
 * `meta.json`. Used when a mirror has lost its snapshot.
 */
export function directoriesOf(
  files: Iterable<Pick<RenderedFile, 'path' | 'owner'>>,
): Map<ObjectKey, string> {
  const paths = new Map<ObjectKey, string>();
  for (const { path, owner } of files) {
    if (!path.endsWith('/meta.json')) continue;
    const directory = path.slice(0, -'/meta.json'.length);
    const known = paths.get(owner);
    if (known === undefined || directory.length < known.length) paths.set(owner, directory);
  }
  return paths;
}
