import { ancestorsOf } from '../../model/text/ancestors.ts';
import { pathKey } from '../../model/text/path-key.ts';

/** A file that cannot be in the same clone as another one everywhere. */
export interface ClashingPath {
  path: string;
  /** The other file, or the first one in the folder. */
  other: string;
  message: string;
}

/**
 * The files among these that Windows or macOS takes for another one, or for the folder of one, because they ignore case
 * and how accents are composed. Of two such files, the later one by name is returned.
 */
export function clashingPaths(paths: Iterable<string>): ClashingPath[] {
  const sorted = [...paths].sort();
  const files = new Map<string, string>();
  const folders = new Map<string, { folder: string; inside: string }>();
  for (const path of sorted) {
    const key = pathKey(path);
    if (!files.has(key)) files.set(key, path);
    for (const folder of ancestorsOf(path))
      if (!folders.has(pathKey(folder))) folders.set(pathKey(folder), { folder, inside: path });
  }
  return sorted.flatMap((path): ClashingPath[] => {
    const key = pathKey(path);
    const twin = files.get(key) ?? path;
    if (twin !== path) return [clash(path, twin, `is the same file as ${twin}`)];
    const above = folders.get(key);
    return above === undefined
      ? []
      : [clash(path, above.inside, `has the same name as the folder ${above.folder}`)];
  });
}

function clash(path: string, other: string, what: string): ClashingPath {
  const message = `On Windows and macOS this ${what}, so a clone there has only one of the two: rename one.`;
  return { path, other, message };
}
