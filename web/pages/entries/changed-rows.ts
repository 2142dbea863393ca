import type { EntryItem, EntryPages } from './entries-query.ts';

/**
 * A long list after some of its entries have changed: each in its place, so that nothing moves under the pointer. `isNew`
 * says whether one of them is not in the list, although all of the list was read.
 */
export function withChangedRows(
  before: EntryPages,
  changed: readonly EntryItem[],
): { pages: EntryPages; isNew: boolean } {
  const now = new Map(changed.map((item) => [item.id, item]));
  const known = new Set<string>();
  const pages = before.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      known.add(item.id);
      const one = now.get(item.id);
      return one === undefined || isSame(one, item) ? item : one;
    }),
  }));
  const isWhole = before.pages.at(-1)?.nextCursor === null;
  return {
    pages: { ...before, pages },
    isNew: isWhole && changed.some(({ id }) => !known.has(id)),
  };
}

function isSame(one: EntryItem, other: EntryItem): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
