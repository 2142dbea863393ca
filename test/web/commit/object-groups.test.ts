import { describe, expect, it } from 'vitest';
import type { ChangedObject } from '../../../web/pages/mirror/commit/commit-queries.ts';
import {
  objectAddress,
  runsAddress,
  titleOf,
} from '../../../web/pages/mirror/commit/object-address.ts';
import { objectGroups } from '../../../web/pages/mirror/commit/object-groups.ts';

function object(over: Partial<ChangedObject>): ChangedObject {
  return {
    ...{ change: 'changed', kind: 'file', name: null, path: 'a.txt', previousPath: null },
    ...{ configurationName: null, componentName: null, files: [], filesLeftOut: 0 },
    ...over,
  };
}

const orders = { componentId: 'ex-mysql', configurationId: '7' };
const folder = 'configs/main/extractor/ex-mysql/orders';
const configuration = object({ kind: 'configuration', ...orders, name: 'Orders', path: folder });
const row = object({ kind: 'row', ...orders, rowId: '70', path: `${folder}/rows/lines` });
const table = object({ kind: 'table', bucketId: 'in.c-shop', tableId: 'in.c-shop.orders' });
const bucket = object({ kind: 'bucket', bucketId: 'in.c-shop', name: 'Shop' });
const sample = object({ kind: 'sample', tableId: 'in.c-shop.orders' });
const run = object({ kind: 'job-run', ...orders, runId: '123' });
const catalog = object({ kind: 'catalog', componentId: 'ex-mysql' });

describe('the objects of a commit', () => {
  it('stand below their configuration, their bucket, or what they have in common', () => {
    const groups = objectGroups([catalog, row, run, table, sample, configuration, bucket]);
    expect(groups.map(({ kind, name, objects }) => [kind, name, objects])).toEqual([
      ['configuration', 'Orders', [configuration, row]],
      ['storage', 'Shop', [bucket, table, sample]],
      ['runs', null, [run]],
      ['made', null, [catalog]],
    ]);
  });

  it('tell configurations of one id apart by their component', () => {
    const other = object({ kind: 'configuration', componentId: 'wr-mysql', configurationId: '7' });
    expect(objectGroups([configuration, other])).toHaveLength(2);
  });

  it('have the name of the configuration if only rows changed, or its folder', () => {
    expect(objectGroups([row])[0]).toMatchObject({ name: 'orders', ids: 'ex-mysql / 7' });
    const named = { ...row, configurationName: 'Orders of the shop' };
    expect(objectGroups([named])[0]).toMatchObject({ name: 'Orders of the shop' });
  });
});

describe('the page of an object', () => {
  it('is found by its ids', () => {
    expect(objectAddress(configuration)).toEqual({ component: 'ex-mysql', configuration: '7' });
    expect(objectAddress(row)).toEqual({ component: 'ex-mysql', configuration: '7', row: '70' });
    expect(objectAddress(table)).toEqual({ table: 'in.c-shop.orders' });
    expect(objectAddress(bucket)).toEqual({ bucket: 'in.c-shop' });
    expect(objectAddress(catalog)).toBeNull();
    expect(runsAddress(run)).toEqual({
      ...{ component: 'ex-mysql', configuration: '7', period: 'all' },
    });
  });

  it('is not there for what is gone', () => {
    expect(objectAddress({ ...configuration, change: 'removed' })).toBeNull();
    expect(runsAddress({ ...run, change: 'removed' })).toBeNull();
  });

  it('is named by the object, or else by its id', () => {
    expect(titleOf(configuration)).toBe('Orders');
    expect(titleOf(row)).toBe('70');
    expect(titleOf(object({ kind: 'guide' }))).toBeNull();
    expect(titleOf(run)).toBe('123');
    expect(titleOf({ ...run, configurationName: 'Orders' })).toBe('Orders, run 123');
  });
});
