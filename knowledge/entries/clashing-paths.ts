import { ancestorsOf } from '../../model/text/ancestors.ts';
import { pathKey } from '../../model/text/path-key.ts';

/** A file that cannot be in the same clone as another one everywhere. */
export interface ClashingPath {
  path: string;
  /** The other file. */
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
  const folders = new Map<string, string>();
  for (const path of sorted) {
    const key = pathKey(path);
    if (!files.has(key)) files.set(key, path);
    for (const folder of ancestorsOf(key)) if (!folders.has(folder)) folders.set(folder, path);
  }
  return sorted.flatMap((path): ClashingPath[] => {
    const key = pathKey(path);
    const twin = files.get(key) ?? path;
    const inside = folders.get(key);
    if (twin !== path) return [clash(path, twin, 'is the same file as')];
    return inside === undefined ? [] : [clash(path, inside, 'has the name of the folder of')];
  });
}

function clash(path: string, other: string, what: string): ClashingPath {
  const message = `On Windows and macOS this ${what} ${other}, so a clone there has only one of the two: rename one.`;
  return { path, other, message };
}
