import type { ObjectKey, RenderedFile } from '../../../model/platform/tree.ts';

/**
 * The directory that each object has in the rendered state, as far as it shows: the one of its topmost
 * `meta.json`. For a mirror whose snapshot is lost.
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
