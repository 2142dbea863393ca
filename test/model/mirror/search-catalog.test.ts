import { expect, test } from 'vitest';
import {
  countCatalog,
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
  return searchCatalog(catalog, { text, kind: null, group: null, after: null, limit: 10, ...more });
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

test('a component or a bucket leaves out what does not belong to it', () => {
  const table = (bucketId: string, name: string) => {
    const ids = { bucketId, tableId: `${bucketId}.${name}` };
    return { ...entry('', name), kind: 'table' as const, ids };
  };
  const other = { ...entry('7', 'Other'), ids: { componentId: 'wr', configurationId: '7' } };
  const rowIds = { componentId: 'keboola.ex-db', configurationId: '1', rowId: 'r' };
  const row = { ...entry('1', 'Row'), kind: 'row' as const, ids: rowIds };
  const entries = [entry('1', 'One'), other, row, table('in.a', 'x'), table('in.b', 'y')];
  const of = (kind: 'component' | 'bucket', id: string) =>
    searchCatalog(searchable(entries), {
      ...{ text: '', kind: null, after: null, limit: 10 },
      group: { kind, id },
    }).map(({ entry: { name } }) => name);
  expect(of('component', 'keboola.ex-db')).toEqual(['One', 'Row']);
  expect(of('component', 'wr')).toEqual(['Other']);
  expect(of('bucket', 'in.b')).toEqual(['y']);
  expect(of('component', 'in.b')).toEqual([]);

  const none = { configurations: 0, rows: 0, tables: 0 };
  expect(
    countCatalog([...entries, table('in.b', 'z'), { ...other, componentName: 'Writer' }]),
  ).toEqual({
    total: { configurations: 3, rows: 1, tables: 3 },
    components: [
      { ...none, id: 'keboola.ex-db', name: null, configurations: 1, rows: 1 },
      { ...none, id: 'wr', name: 'Writer', configurations: 2 },
    ],
    buckets: [
      { ...none, id: 'in.b', name: null, tables: 2 },
      { ...none, id: 'in.a', name: null, tables: 1 },
    ],
  });
});

test('the name of a component is searched like its id', () => {
  const named = { ...entry('1', 'One'), componentName: 'MySQL extractor' };
  expect(
    searchCatalog(searchable([named]), {
      text: 'mysql one',
      kind: null,
      group: null,
      after: null,
      limit: 1,
    }),
  ).toHaveLength(1);
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
