import type { CatalogEntry } from './shown-object.ts';

/** An entry with the texts that are searched, in lower case. */
export interface SearchableEntry {
  entry: CatalogEntry;
  id: string;
  name: string;
  /** All that is searched. */
  text: string;
  /** Decides the order among equally good matches; unique. */
  order: string;
}

/** A match, and how good it is: 0 is the best. */
export interface SearchMatch {
  entry: CatalogEntry;
  rank: number;
  order: string;
}

/** Prepares a catalog for {@link searchCatalog}. */
export function searchable(entries: readonly CatalogEntry[]): SearchableEntry[] {
  return entries
    .map((entry) => ({
      entry,
      id: idOf(entry).toLowerCase(),
      name: entry.name.toLowerCase(),
      text: [entry.name, idOf(entry), entry.ids.componentId ?? '', entry.description]
        .join('\n')
        .toLowerCase(),
      order: orderOf(entry),
    }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
}

/**
 * The entries that contain every word of a text in their id, name, component or description, best
 * first: the id itself, the name itself, the start of the name, a word in the name, then the rest.
 * `after` is the last match of the page before. Without words, all entries by their ids.
 */
export function searchCatalog(
  entries: readonly SearchableEntry[],
  {
    text,
    kind,
    after,
    limit,
  }: {
    text: string;
    kind: CatalogEntry['kind'] | null;
    after: Pick<SearchMatch, 'rank' | 'order'> | null;
    limit: number;
  },
): SearchMatch[] {
  const whole = text.trim().toLowerCase();
  const words = whole.split(/\s+/).filter((word) => word !== '');
  const byRank: SearchMatch[][] = Array.from({ length: ranks }, () => []);
  for (const one of entries) {
    if (kind !== null && one.entry.kind !== kind) continue;
    const rank = rankOf(one, whole, words);
    if (rank === null || !isAfter({ rank, order: one.order }, after)) continue;
    const found = byRank[rank];
    if (found !== undefined && found.length < limit)
      found.push({ entry: one.entry, rank, order: one.order });
  }
  return byRank.flat().slice(0, limit);
}

const ranks = 5;

function rankOf(one: SearchableEntry, whole: string, words: readonly string[]): number | null {
  if (!words.every((word) => one.text.includes(word))) return null;
  if (one.id === whole) return 0;
  if (one.name === whole) return 1;
  if (one.name.startsWith(whole)) return 2;
  return words.every((word) => one.name.includes(word)) ? 3 : 4;
}

function isAfter(
  { rank, order }: Pick<SearchMatch, 'rank' | 'order'>,
  after: Pick<SearchMatch, 'rank' | 'order'> | null,
): boolean {
  return after === null || rank > after.rank || (rank === after.rank && order > after.order);
}

function idOf({ kind, ids }: CatalogEntry): string {
  const own = { configuration: ids.configurationId, row: ids.rowId, table: ids.tableId }[kind];
  return own ?? '';
}

function orderOf({ kind, ids }: CatalogEntry): string {
  const { componentId, configurationId, rowId, tableId } = ids;
  return JSON.stringify([kind, componentId ?? tableId, configurationId, rowId]);
}
