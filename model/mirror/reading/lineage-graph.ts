import type { ShownEdge } from './shown-object.ts';

/** Something that data flows through. */
export interface LineageNode {
  /** `table/<id>`, `bucket/<id>`, `configuration/<component>/<id>`; of another project `project/<id>/…`. */
  id: string;
  kind: 'table' | 'bucket' | 'configuration';
  /** Set if it belongs to another project. */
  projectId: string | null;
  bucketId: string | null;
  tableId: string | null;
  componentId: string | null;
  configurationId: string | null;
  /** What people call it and its component; only of configurations, where the tree says it. */
  configurationName: string | null;
  componentName: string | null;
  /** Its folder; only of configurations. */
  path: string | null;
}

/** Data flows from one node to the other. */
export interface LineageLink {
  from: string;
  to: string;
  /** How this is known: see `docs/layout.md`. `part-of` connects a table with its bucket. */
  knownBy: string;
  rowId: string | null;
  isDisabled: boolean;
}

/** All edges of a tree as a graph. */
export interface LineageGraph {
  nodes: ReadonlyMap<string, LineageNode>;
  /** The links that end at a node, and those that start there. */
  into: ReadonlyMap<string, readonly LineageLink[]>;
  outOf: ReadonlyMap<string, readonly LineageLink[]>;
}

/** Which way to follow the lineage: to where the data comes from, or to where it goes. */
export type LineageDirection = 'up' | 'down' | 'both';

/** How far to follow it. */
export interface LineageBounds {
  direction: LineageDirection;
  /** How many links away from the start. */
  depth: number;
  nodes: number;
  links: number;
}

/** What is known of where the data of a node comes from, and where it goes. */
export interface FollowedLineage {
  nodes: (LineageNode & { distance: number })[];
  links: LineageLink[];
  /** Whether there is more than the bounds allow. */
  isCut: boolean;
}

const partOf = 'part-of';
const unnamed = { configurationName: null, componentName: null };

/** Makes a graph of the edges of a tree. */
export function lineageGraph(edges: readonly ShownEdge[]): LineageGraph {
  const nodes = new Map<string, LineageNode>();
  const into = new Map<string, LineageLink[]>();
  const outOf = new Map<string, LineageLink[]>();
  const tables = new Map<string, string>();

  function add(node: LineageNode): string {
    const known = nodes.get(node.id);
    if (known === undefined) nodes.set(node.id, node);
    else if (known.path === null && node.path !== null) nodes.set(node.id, node);
    return node.id;
  }
  function link(one: LineageLink): void {
    append(outOf, one.from, one);
    append(into, one.to, one);
  }

  for (const edge of edges) {
    const here = add(storageNode(null, edge.bucketId, edge.tableId));
    const there = add(otherEnd(edge));
    const [from, to] = edge.direction === 'write' ? [there, here] : [here, there];
    const { rowId = null, isDisabled = false } = edge.configuration ?? {};
    link({ from, to, knownBy: edge.knownBy, rowId, isDisabled });
    if (edge.tableId !== null) tables.set(here, edge.bucketId);
  }
  // What a bucket as a whole is used for concerns its tables, and the other way round.
  const whole = edges.filter(({ tableId }) => tableId === null);
  const read = new Set(whole.flatMap((edge) => (edge.direction === 'read' ? edge.bucketId : [])));
  const written = new Set(
    whole.flatMap((edge) => (edge.direction === 'write' ? edge.bucketId : [])),
  );
  for (const [table, bucketId] of tables) {
    const bucket = storageNode(null, bucketId, null).id;
    const facts = { knownBy: partOf, rowId: null, isDisabled: false };
    if (read.has(bucketId)) link({ from: table, to: bucket, ...facts });
    if (written.has(bucketId)) link({ from: bucket, to: table, ...facts });
  }
  return { nodes, into, outOf };
}

/**
 * Follows the lineage from a node, nearest nodes first. A node that the graph does not have gives no
 * links.
 */
export function followLineage(
  graph: LineageGraph,
  start: LineageNode,
  { direction, depth, nodes: mostNodes, links: mostLinks }: LineageBounds,
): FollowedLineage {
  const first = graph.nodes.get(start.id) ?? start;
  const found = new Map([[first.id, { ...first, distance: 0 }]]);
  const links = new Set<LineageLink>();
  let isCut = false;
  const isFull = (id: string): boolean => found.size >= mostNodes && !found.has(id);
  const ways = direction === 'both' ? (['up', 'down'] as const) : [direction];
  for (const way of ways) {
    const seen = new Set<string>();
    let step = [{ id: first.id, isPart: false }];
    for (let distance = 1; distance <= depth + 1 && step.length > 0; distance += 1) {
      const next: typeof step = [];
      for (const { id, isPart } of step) {
        for (const link of (way === 'up' ? graph.into : graph.outOf).get(id) ?? []) {
          // From a table to its bucket, and on to another table: nothing flows that way.
          if (isPart && link.knownBy === partOf) continue;
          const other = way === 'up' ? link.from : link.to;
          const node = graph.nodes.get(other);
          if (node === undefined || links.has(link)) continue;
          if (distance > depth || links.size >= mostLinks || isFull(other)) {
            isCut = true;
            continue;
          }
          if (!found.has(other)) found.set(other, { ...node, distance });
          links.add(link);
          const reached = { id: other, isPart: link.knownBy === partOf };
          if (seen.has(JSON.stringify(reached))) continue;
          seen.add(JSON.stringify(reached));
          next.push(reached);
        }
      }
      step = next;
    }
  }
  return { nodes: [...found.values()], links: [...links], isCut };
}

/** A table (or a whole bucket, if `tableId` is `null`) as a node; of another project if that is given. */
export function storageNode(
  projectId: string | null,
  bucketId: string,
  tableId: string | null,
): LineageNode {
  const own = tableId === null ? `bucket/${bucketId}` : `table/${tableId}`;
  return {
    id: projectId === null ? own : `project/${projectId}/${own}`,
    kind: tableId === null ? 'bucket' : 'table',
    projectId,
    bucketId,
    tableId,
    componentId: null,
    configurationId: null,
    ...unnamed,
    path: null,
  };
}

/** A configuration as a node. */
export function configurationNode(
  componentId: string,
  configurationId: string,
  path: string | null = null,
): LineageNode {
  return {
    id: `configuration/${componentId}/${configurationId}`,
    kind: 'configuration',
    projectId: null,
    bucketId: null,
    tableId: null,
    componentId,
    configurationId,
    ...unnamed,
    path,
  };
}

function otherEnd({ configuration, storage, bucketId }: ShownEdge): LineageNode {
  if (configuration !== null) {
    const { componentId, configurationId, rowId, path } = configuration;
    // The path of an edge of a row is the row's.
    return configurationNode(componentId, configurationId, rowId === null ? path : null);
  }
  const { projectId = null, bucketId: other = bucketId, tableId = null } = storage ?? {};
  return storageNode(projectId, other, tableId);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
