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

/** A component or a bucket: what the entries of a catalog belong to. */
export interface CatalogGroup {
  kind: 'component' | 'bucket';
  id: string;
}

/** How many entries of each kind a component or a bucket has. */
export interface CountedGroup {
  id: string;
  name: string | null;
  configurations: number;
  rows: number;
  tables: number;
}

/** Prepares a catalog for {@link searchCatalog}. */
export function searchable(entries: readonly CatalogEntry[]): SearchableEntry[] {
  return entries
    .map((entry) => ({
      entry,
      id: idOf(entry).toLowerCase(),
      name: entry.name.toLowerCase(),
      text: [entry.name, idOf(entry), entry.ids.componentId, entry.componentName, entry.description]
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
    group,
    after,
    limit,
  }: {
    text: string;
    kind: CatalogEntry['kind'] | null;
    /** Only what belongs to this component or bucket. */
    group: CatalogGroup | null;
    after: Pick<SearchMatch, 'rank' | 'order'> | null;
    limit: number;
  },
): SearchMatch[] {
  const whole = text.trim().toLowerCase();
  const words = whole.split(/\s+/).filter((word) => word !== '');
  const byRank: SearchMatch[][] = Array.from({ length: ranks }, () => []);
  for (const one of entries) {
    if (kind !== null && one.entry.kind !== kind) continue;
    if (group !== null && groupOf(one.entry)[group.kind] !== group.id) continue;
    const rank = rankOf(one, whole, words);
    if (rank === null || !isAfter({ rank, order: one.order }, after)) continue;
    const found = byRank[rank];
    if (found !== undefined && found.length < limit)
      found.push({ entry: one.entry, rank, order: one.order });
  }
  return byRank.flat().slice(0, limit);
}

/** Counts the entries of a catalog, by what they belong to; the groups with the most entries come first. */
export function countCatalog(entries: readonly CatalogEntry[]): {
  total: Omit<CountedGroup, 'id' | 'name'>;
  components: CountedGroup[];
  buckets: CountedGroup[];
} {
  const total = { configurations: 0, rows: 0, tables: 0 };
  const groups = {
    component: new Map<string, CountedGroup>(),
    bucket: new Map<string, CountedGroup>(),
  };
  for (const entry of entries) {
    const count = countOf[entry.kind];
    total[count] += 1;
    const { component, bucket } = groupOf(entry);
    if (component !== null) add(groups.component, component, entry.componentName)[count] += 1;
    if (bucket !== null) add(groups.bucket, bucket, null)[count] += 1;
  }
  return { total, components: sorted(groups.component), buckets: sorted(groups.bucket) };
}

const countOf = { configuration: 'configurations', row: 'rows', table: 'tables' } as const;

function add(groups: Map<string, CountedGroup>, id: string, name: string | null): CountedGroup {
  const known = groups.get(id) ?? { id, name, configurations: 0, rows: 0, tables: 0 };
  known.name ??= name;
  groups.set(id, known);
  return known;
}

function sorted(groups: ReadonlyMap<string, CountedGroup>): CountedGroup[] {
  const size = ({ configurations, rows, tables }: CountedGroup) => configurations + rows + tables;
  return [...groups.values()].sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1));
}

function groupOf({ kind, ids }: CatalogEntry): Record<CatalogGroup['kind'], string | null> {
  return {
    component: kind === 'table' ? null : (ids.componentId ?? null),
    bucket: kind === 'table' ? (ids.bucketId ?? null) : null,
  };
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
