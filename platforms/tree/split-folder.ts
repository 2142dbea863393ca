import { digest } from './file-names.ts';

/** The maximum number of entries in a folder, as recommended by GitHub. */
export const maxEntries = 3_000;
/**
 * A split folder stays split until it has fewer entries than this, so that it does not change back and forth.
 */
const fewEntries = 2_000;

/** A folder that may have to be split. */
export interface SplittableFolder {
  path: string;
  /** The number of entries that it will have. */
  entries: number;
  /** The folders that its entries were in before. */
  before: Iterable<string>;
}

/**
 * Decides which folder each entry goes to. Folders with more than 3,000 entries (or more than 2,000, if they
 * were split before) are split into subfolders `00` to `ff`, by the first two digits of the digest of an
 * entry's id. So an entry's subfolder does not depend on other entries.
 */
export function splitFolder({ path, entries, before }: SplittableFolder): (id: string) => string {
  const isSplit = entries > maxEntries || (entries > fewEntries && wasSplit(before));
  return (id) => (isSplit ? `${path}/${digest(id).slice(0, 2)}` : path);
}

function wasSplit(before: Iterable<string>): boolean {
  for (const folder of before) if (/\/[0-9a-f]{2}$/.test(folder)) return true;
  return false;
}
