import { digest } from '../../tree/file-names.ts';

/** Entries that one file of a catalog has at most, before it is split. */
export const maxCatalogEntries = 1_000;

/** What a catalog lists. */
export interface CatalogEntry<T> {
  id: string;
  /** How many entries it counts for: itself and what it lists of its own. */
  size: number;
  value: T;
}

/**
 * In which file each entry of a list goes: all in `<path>.json` up to 1,000, else in
 * `<path>.parts/00.json` to `ff.json`, by the first two digits of the SHA-1 of its id. It depends on these
 * entries alone, not on what was there before: the same project always gives the same files.
 * A folder's name ends differently from a file's, so none can be in another's way.
 */
export function catalogParts<T>(
  path: string,
  entries: readonly CatalogEntry<T>[],
): Map<string, T[]> {
  if (!isSplit(entries)) return new Map([[`${path}.json`, entries.map(({ value }) => value)]]);
  const parts = new Map<string, T[]>();
  for (const { id, value } of entries) {
    const file = `${path}.parts/${digest(id).slice(0, 2)}.json`;
    const part = parts.get(file);
    if (part === undefined) parts.set(file, [value]);
    else part.push(value);
  }
  return parts;
}

/** Whether these entries are too many for one file. A single one has nothing to be parted from. */
export function isSplit(entries: readonly CatalogEntry<unknown>[]): boolean {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  return entries.length > 1 && size > maxCatalogEntries;
}
