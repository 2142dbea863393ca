import { expect, test } from 'vitest';
import {
  configurationNode,
  followLineage,
  lineageGraph,
  storageNode,
  type LineageBounds,
} from '../../../model/mirror/reading/lineage-graph.ts';
import type { ShownEdge } from '../../../model/mirror/reading/shown-object.ts';

function edge(
  configuration: string,
  direction: 'read' | 'write',
  table: string | null,
  bucketId = 'in.c-a',
): ShownEdge {
  return {
    bucketId,
    tableId: table === null ? null : `${bucketId}.${table}`,
    direction,
    knownBy: direction === 'read' ? 'input-mapping' : 'output-mapping',
    configuration: {
      componentId: 'ex',
      configurationId: configuration,
      rowId: null,
      path: `configs/${configuration}`,
      isDisabled: false,
    },
    storage: null,
  };
}

const wide = { direction: 'both', depth: 10, nodes: 100, links: 100 } as const;
const table = (name: string) => storageNode(null, 'in.c-a', `in.c-a.${name}`);

function follow(edges: ShownEdge[], start = table('t'), bounds: Partial<LineageBounds> = {}) {
  const { nodes, links, isCut } = followLineage(lineageGraph(edges), start, {
    ...wide,
    ...bounds,
  });
  return {
    nodes: nodes.map(({ id, distance }) => `${distance} ${id}`),
    links: links.map(({ from, to }) => `${from} > ${to}`),
    isCut,
  };
}

const chain = [
  edge('1', 'write', 's'),
  edge('2', 'read', 's'),
  edge('2', 'write', 't'),
  edge('3', 'read', 't'),
  edge('3', 'write', 'u'),
];

test('up leads to where the data comes from, down to where it goes', () => {
  expect(follow(chain, table('t'), { direction: 'up' }).nodes).toEqual([
    '0 table/in.c-a.t',
    '1 configuration/ex/2',
    '2 table/in.c-a.s',
    '3 configuration/ex/1',
  ]);
  expect(follow(chain, table('t'), { direction: 'down' }).links).toEqual([
    'table/in.c-a.t > configuration/ex/3',
    'configuration/ex/3 > table/in.c-a.u',
  ]);
  expect(follow(chain, configurationNode('ex', '2')).nodes).toHaveLength(6);
});

test('depth, nodes and links are bounded, and it says so', () => {
  expect(follow(chain, table('t'), { depth: 1 })).toEqual({
    nodes: ['0 table/in.c-a.t', '1 configuration/ex/2', '1 configuration/ex/3'],
    links: ['configuration/ex/2 > table/in.c-a.t', 'table/in.c-a.t > configuration/ex/3'],
    isCut: true,
  });
  expect(follow(chain, table('t'), { depth: 3 }).isCut).toBe(false);
  expect(follow(chain, table('t'), { nodes: 2 })).toMatchObject({ isCut: true });
  expect(follow(chain, table('t'), { nodes: 2 }).nodes).toHaveLength(2);
  expect(follow(chain, table('t'), { links: 1 })).toMatchObject({ isCut: true });
  expect(follow(chain, table('t'), { links: 1 }).links).toHaveLength(1);
});

test('circles end', () => {
  const circle = [
    edge('1', 'write', 't'),
    edge('1', 'read', 't'),
    edge('2', 'read', 't'),
    edge('2', 'write', 't'),
  ];
  const { nodes, isCut } = follow(circle);
  expect(nodes).toHaveLength(3);
  expect(isCut).toBe(false);
});

test('what uses a whole bucket uses its tables, but no table flows into another that way', () => {
  const whole = [
    edge('reader', 'read', null),
    edge('writer', 'write', null),
    edge('1', 'write', 't'),
    edge('2', 'write', 'other'),
    edge('3', 'read', 'other'),
  ];
  expect(follow(whole, table('t'), { direction: 'up' }).nodes).toEqual([
    '0 table/in.c-a.t',
    '1 configuration/ex/1',
    '1 bucket/in.c-a',
    '2 configuration/ex/writer',
  ]);
  expect(follow(whole, table('t'), { direction: 'down' }).nodes).toEqual([
    '0 table/in.c-a.t',
    '1 bucket/in.c-a',
    '2 configuration/ex/reader',
  ]);
  const reader = follow(whole, configurationNode('ex', 'reader'), { direction: 'up' });
  expect(reader.nodes).toContain('3 configuration/ex/2');
});

test('other projects are the end of what is known', () => {
  const linked: ShownEdge = {
    ...edge('1', 'read', 't'),
    knownBy: 'linked',
    configuration: null,
    storage: { projectId: '99', bucketId: 'in.c-b', tableId: null },
  };
  expect(follow([linked]).nodes).toEqual(['0 table/in.c-a.t', '1 project/99/bucket/in.c-b']);
});

test('what has no lineage is alone', () => {
  expect(follow([], table('t'))).toEqual({ nodes: ['0 table/in.c-a.t'], links: [], isCut: false });
});
