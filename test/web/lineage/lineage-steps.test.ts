import { describe, expect, it, test } from 'vitest';
import {
  arrowsOf,
  cutAdvice,
  firstOfSteps,
  graphOf,
  lineageSteps,
} from '../../../web/pages/mirror/lineage/lineage-steps.ts';
import { configuration, link, table, type Answered } from './a-lineage.ts';

const [orders, lines, revenue] = [table('orders'), table('lines'), table('revenue')];
const [load, sum, show] = [configuration('1'), configuration('2'), configuration('3')];
const nodes = [orders, lines, revenue, load, sum, show];
const edges = [
  link(lines, load),
  link(load, orders),
  link(orders, sum),
  link(sum, revenue),
  link(orders, show),
  link(revenue, show),
];

function shown(start: Answered, direction: 'up' | 'down', all = edges) {
  return lineageSteps(graphOf({ nodes, edges: all }), start.id, direction).map(
    ({ distance, nodes: found }) =>
      `${distance}: ${found.map(({ node, links }) => `${node.id} by ${links.length}`).join(', ')}`,
  );
}

describe('the list', () => {
  it('has what feeds the start, and what it feeds, nearest first', () => {
    expect(shown(orders, 'up')).toEqual([
      '1: configuration/ex/1 by 1',
      '2: table/in.c-shop.lines by 1',
    ]);
    expect(shown(orders, 'down')).toEqual([
      '1: configuration/ex/2 by 1, configuration/ex/3 by 1',
      '2: table/in.c-shop.revenue by 1',
    ]);
    expect(shown(show, 'down')).toEqual([]);
  });

  it('has what is in a circle with the start in both directions, and the start in none', () => {
    const circle = [link(orders, sum), link(sum, orders)];
    expect(shown(orders, 'up', circle)).toEqual(['1: configuration/ex/2 by 1']);
    expect(shown(orders, 'down', circle)).toEqual(['1: configuration/ex/2 by 1']);
  });

  it('names all links between two nodes at the farther one', () => {
    const rows = [link(load, orders, { rowId: 'a' }), link(load, orders, { rowId: 'b' })];
    expect(shown(orders, 'up', rows)).toEqual(['1: configuration/ex/1 by 2']);
  });

  it('begins with the nearest ones if there are many', () => {
    const steps = lineageSteps(graphOf({ nodes, edges }), orders.id, 'down');
    expect(firstOfSteps(steps, 1).map(({ nodes: found }) => found.length)).toEqual([1]);
    expect(firstOfSteps(steps, 3).map(({ nodes: found }) => found.length)).toEqual([2, 1]);
    expect(firstOfSteps(steps, 9)).toEqual(steps);
  });
});

test('an arrow stands for all links from one node to another, and is disabled if all are', () => {
  const off = { isDisabled: true };
  expect(
    arrowsOf([
      link(load, orders, off),
      link(load, orders),
      link(orders, load, off),
      link(orders, orders),
    ]),
  ).toEqual([
    { from: load.id, to: orders.id, isDisabled: false },
    { from: orders.id, to: load.id, isDisabled: true },
  ]);
});

test.each([
  [false, 10, 3, null],
  [true, 10, 3, 'deeper'],
  [true, 10, 10, 'elsewhere'],
  [true, 500, 3, 'elsewhere'],
] as const)(
  'what helps if it is cut: %s with %i nodes at depth %i: %s',
  (isCut, count, depth, is) => {
    const many = Array.from({ length: count }, () => orders);
    expect(cutAdvice({ isCut, nodes: many, edges: [] }, depth)).toBe(is);
  },
);
