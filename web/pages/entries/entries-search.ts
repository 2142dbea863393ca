import type { SyncStatus } from '../../../model/knowledge/entry.ts';
import { syncStatuses } from '../../../model/knowledge/sync-status.ts';

/** What is shown of a list of entries; it stands in the address. */
export interface EntriesSearch {
  /** What the search box says. */
  q?: string;
  status?: SyncStatus;
  /** Left out: by name. */
  sort?: EntriesSort;
}

/** The orders that a person can choose. */
export const sorts = ['title', '-title', '-updated', 'updated'] as const;
export type EntriesSort = (typeof sorts)[number];

/** Reads an address; what it does not understand is left out. A word may look like a number there. */
export function entriesSearch({ q, status, sort }: Record<string, unknown>): EntriesSearch {
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 500) : '';
  const knownStatus = syncStatuses.find((one) => one === status);
  const knownSort = sorts.find((one) => one === sort && one !== 'title');
  return {
    ...(text.trim() !== '' && { q: text }),
    ...(knownStatus && { status: knownStatus }),
    ...(knownSort && { sort: knownSort }),
  };
}

/** The order after a click on a column: that column, or the other way round if it was ordered by it already. */
export function toggledSort(before: EntriesSort, column: 'title' | 'updated'): EntriesSort {
  if (column === 'title') return before === 'title' ? '-title' : 'title';
  return before === '-updated' ? 'updated' : '-updated';
}
