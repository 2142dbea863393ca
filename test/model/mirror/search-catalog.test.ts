import { expect, test } from 'vitest';
import {
  searchable,
  searchCatalog,
  type SearchMatch,
} from '../../../model/mirror/reading/search-catalog.ts';
import type { CatalogEntry } from '../../../model/mirror/reading/shown-object.ts';

function entry(id: string, name: string, description = ''): CatalogEntry {
  const ids = { componentId: 'keboola.ex-db', configurationId: id };
  const facts = { name, componentName: null, description, path: id, isDisabled: false };
  return { kind: 'configuration', ids, ...facts };
}

const catalog = searchable([
  entry('1', 'Daily orders'),
  entry('2', 'Orders'),
  entry('3', 'Orders of today'),
  entry('4', 'Customers', 'Everybody with ORDERS'),
  entry('orders', 'Something'),
  { ...entry('5', ''), kind: 'table', ids: { tableId: 'in.c-shop.orders' }, name: 'orders' },
]);

function search(text: string, more: Partial<Parameters<typeof searchCatalog>[1]> = {}) {
  return searchCatalog(catalog, { text, kind: null, after: null, limit: 10, ...more });
}

const idOf = ({ entry: { ids } }: SearchMatch) => ids.configurationId ?? ids.tableId;

test('the best matches come first', () => {
  expect(search('orders').map(idOf)).toEqual(['orders', '2', 'in.c-shop.orders', '3', '1', '4']);
});

test('every word must be there, in any field', () => {
  expect(search('today ORDERS').map(idOf)).toEqual(['3']);
  expect(search('ex-db everybody').map(idOf)).toEqual(['4']);
  expect(search('nothing of this')).toEqual([]);
  expect(search('   ').length).toBe(6);
});

test('a kind leaves out the others', () => {
  expect(search('orders', { kind: 'table' }).map(idOf)).toEqual(['in.c-shop.orders']);
});

test('pages go on after the last match', () => {
  const all = search('orders');
  const seen: SearchMatch[] = [];
  let after: SearchMatch | null = null;
  for (;;) {
    const page = search('orders', { limit: 2, after });
    if (page.length === 0) break;
    seen.push(...page);
    after = page.at(-1)!;
  }
  expect(seen).toEqual(all);
});
