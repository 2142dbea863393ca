import { pathKey } from '../text/path-key.ts';

/**
 * Says why there cannot be a file at `path`: the entry `by` has its file at `other`, which is the same path, a folder
 * of it, or below it. Git, or a file system that takes both spellings for one, could only have one of the two.
 */
export function pathClash(path: string, { by, path: other }: { by: string; path: string }): string {
  if (other === path) return `${path} is already the file of the entry ${by}`;
  const [key, otherKey] = [pathKey(path), pathKey(other)];
  if (key === otherKey)
    return `${path} is the same file as ${other} of the entry ${by} on Windows and macOS, which ignore case and how accents are composed`;
  return key.startsWith(`${otherKey}/`)
    ? `${path} cannot be a file, because ${other} is not a folder but the file of the entry ${by}`
    : `${path} cannot be a file, because it is the folder of ${other}, the file of the entry ${by}`;
}
