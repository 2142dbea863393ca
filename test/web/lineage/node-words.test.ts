import { expect, test } from 'vitest';
import { storageNode } from '../../../model/mirror/reading/lineage-graph.ts';
import { linkWords } from '../../../web/pages/mirror/lineage/link-words.ts';
import { mirrorOfProject } from '../../../web/pages/mirror/lineage/mirror-of-project.ts';
import { nodeWords } from '../../../web/pages/mirror/lineage/node-words.ts';
import { startOf } from '../../../web/pages/mirror/lineage/start-of.ts';
import { objectSearchOf } from '../../../web/parts/streams/object-search-of.ts';
import { lineageSearch } from '../../../web/pages/mirror/mirror-search.ts';
import { configuration, link, table } from './a-lineage.ts';

test.each([
  [table('orders'), 'orders', 'in.c-shop', null],
  [table('a.b'), 'a.b', 'in.c-shop', null],
  [storageNode(null, 'in.c-shop', null), 'in.c-shop', 'the whole bucket', null],
  [table('orders', '4711'), 'orders', 'in.c-shop', 'Project 4711'],
  [configuration('7', 'configs/main/extractor/ex/shop-database'), 'shop-database', 'ex', null],
  [configuration('7'), '7', 'ex', null],
  [
    {
      ...configuration('7', 'configs/main/extractor/ex/shop-database'),
      ...{ configurationName: 'Shop database', componentName: 'MySQL' },
    },
    'Shop database',
    'MySQL',
    null,
  ],
  // What no platform has, but a file may say.
  [storageNode(null, 'x.y', 'odd'), 'odd', 'x.y', null],
])('a node is called as people call it: $id', (node, name, detail, project) => {
  expect(nodeWords(node)).toMatchObject({ name, detail, project });
});

test('how links are known is said once each', () => {
  const [one, other] = [table('a'), table('b')];
  expect(
    linkWords([
      link(one, other, { rowId: '7' }),
      link(one, other, { rowId: '7' }),
      link(one, other, { isDisabled: true }),
      link(one, other, { knownBy: 'constructor' }),
    ]),
  ).toBe('input mapping, row 7; input mapping, disabled; constructor');
});

test('an address names where the lineage begins', () => {
  expect(startOf({})).toBeNull();
  expect(startOf({ component: 'ex' })).toBeNull();
  for (const node of [table('orders'), storageNode(null, 'in.c-shop', null), configuration('7')])
    expect(startOf(objectSearchOf(node) ?? {})?.id).toBe(node.id);
});

test('an address with parts that mean nothing is read without them', () => {
  expect(
    lineageSearch({ table: 'a.b.c', depth: 11, direction: 'x', view: 'y', node: '', other: 1 }),
  ).toEqual({ table: 'a.b.c' });
  const all = { table: 'a.b.c', depth: 10, direction: 'up', view: 'list', node: 'n' };
  expect(lineageSearch(all)).toEqual(all);
});

test("another project's mirror is the one of its lowest branch", () => {
  const items = ['mirror/4/20', 'mirror/47/3', 'mirror/4/100', 'space/4'].map((id) => ({ id }));
  expect(mirrorOfProject(items, '4')).toEqual({ project: '4', branch: '20' });
  expect(mirrorOfProject(items, '9')).toBeNull();
});
