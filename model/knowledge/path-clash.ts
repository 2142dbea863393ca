/**
 * Says why there cannot be a file at `path`: the entry `by` has its file at `other`, which is the same path, a folder
 * of it, or below it. Git could only have one of the two, and would lose the other.
 */
export function pathClash(path: string, { by, path: other }: { by: string; path: string }): string {
  if (other === path) return `${path} is already the file of the entry ${by}`;
  return path.startsWith(`${other}/`)
    ? `${path} cannot be a file, because ${other} is not a folder but the file of the entry ${by}`
    : `${path} cannot be a file, because it is the folder of ${other}, the file of the entry ${by}`;
}
