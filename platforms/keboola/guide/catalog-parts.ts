import { digest } from '../../tree/file-names.ts';

/** The maximum number of entries in one file of a catalog. Larger ones are split. */
export const maxCatalogEntries = 1_000;

/** What a catalog lists. */
export interface CatalogEntry<T> {
  id: string;
  /** How many entries it counts as: itself, and what it lists within itself. */
  size: number;
  value: T;
}

/**
 * Decides which file each entry of a list goes to: all go to `<path>.json` if there are at most 1,000,
 * otherwise to `<path>.parts/00.json` to `ff.json`, by the first two digits of the SHA-1 of its id. This
 * depends only on these entries, not on earlier files, so the same project always gives the same files. The
 * names of folders and files end differently, so they cannot collide.
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

/** Whether these entries are too many for one file. A single entry cannot be split. */
export function isSplit(entries: readonly CatalogEntry<unknown>[]): boolean {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  return entries.length > 1 && size > maxCatalogEntries;
}
