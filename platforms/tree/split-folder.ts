import { digest } from './file-names.ts';

/** Entries that a folder of ours has at most: what GitHub advises. */
export const maxEntries = 3_000;
/** A folder that was split stays so down to here, lest it goes back and forth. */
const fewEntries = 2_000;

/** A folder that may have to be split, and what is known of it. */
export interface SplittableFolder {
  path: string;
  /** How many entries it would have. */
  entries: number;
  /** The folders that its entries were in. */
  before: Iterable<string>;
}

/**
 * Says in which folder each entry goes. With more than 3,000 entries (or, where it was split before,
 * more than 2,000) they go to subfolders `00` to `ff`, by the first two digits of their id's digest:
 * which one does not depend on the others.
 */
export function splitFolder({ path, entries, before }: SplittableFolder): (id: string) => string {
  const isSplit = entries > maxEntries || (entries > fewEntries && wasSplit(before));
  return (id) => (isSplit ? `${path}/${digest(id).slice(0, 2)}` : path);
}

function wasSplit(before: Iterable<string>): boolean {
  for (const folder of before) if (/\/[0-9a-f]{2}$/.test(folder)) return true;
  return false;
}
