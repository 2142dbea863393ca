import {
  followLineage,
  type LineageGraph,
  type LineageLink,
  type LineageNode,
} from '../../../../model/mirror/reading/lineage-graph.ts';
import type { Lineage } from './lineage-query.ts';

/** A node of a step, and the links that lead from it towards the start. */
export interface StepNode {
  node: LineageNode;
  links: LineageLink[];
}

/** The nodes that are equally far from the start. */
export interface LineageStep {
  distance: number;
  nodes: StepNode[];
}

/** What was answered, as the graph that it is. */
export function graphOf({ nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>): LineageGraph {
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    into: grouped(edges, ({ to }) => to),
    outOf: grouped(edges, ({ from }) => from),
  };
}

/**
 * What feeds the start (`up`), or what it feeds (`down`), nearest first. What is in a circle with the start is in both. The
 * start itself is in none.
 */
export function lineageSteps(
  graph: LineageGraph,
  start: string,
  direction: 'up' | 'down',
): LineageStep[] {
  const first = graph.nodes.get(start);
  if (first === undefined) return [];
  const bounds = { direction, depth: graph.nodes.size, nodes: Infinity, links: Infinity };
  const { nodes, links } = followLineage(graph, first, bounds);
  const distances = new Map(nodes.map(({ id, distance }) => [id, distance]));
  const ends = (link: LineageLink) =>
    direction === 'up' ? ([link.from, link.to] as const) : ([link.to, link.from] as const);
  const nearer = links.filter((link) => {
    const [far, near] = ends(link).map((id) => distances.get(id) ?? 0);
    return (far ?? 0) > (near ?? 0);
  });
  const linksOf = grouped(nearer, (link) => ends(link)[0]);
  const steps = grouped(
    nodes.filter(({ distance }) => distance > 0),
    ({ distance }) => distance,
  );
  return [...steps]
    .sort(([one], [other]) => one - other)
    .map(([distance, found]) => ({
      distance,
      nodes: found.map((node) => ({ node, links: linksOf.get(node.id) ?? [] })),
    }));
}

/** The nearest nodes, at most this many, in their steps. */
export function firstOfSteps(steps: readonly LineageStep[], most: number): LineageStep[] {
  let left = most;
  return steps.flatMap(({ distance, nodes }) => {
    const first = nodes.slice(0, Math.max(0, left));
    left -= first.length;
    return first.length === 0 ? [] : [{ distance, nodes: first }];
  });
}

/** The links between two nodes, as one arrow shows them. */
export interface Arrow {
  from: string;
  to: string;
  /** Whether all of them are disabled. */
  isDisabled: boolean;
}

/** One arrow for all links from one node to another, in the order of the links; a node's link to itself is none. */
export function arrowsOf(edges: Lineage['edges']): Arrow[] {
  const pairs = grouped(
    edges.filter(({ from, to }) => from !== to),
    ({ from, to }) => JSON.stringify([from, to]),
  );
  return [...pairs.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [
          {
            from: first.from,
            to: first.to,
            isDisabled: [first, ...more].every(({ isDisabled }) => isDisabled),
          },
        ],
  );
}

/** The most that the API answers with. */
const most = { nodes: 500, edges: 2_000 };

/** What helps to see more of a lineage that was cut: `null` if it was not. */
export function cutAdvice(
  { isCut, nodes, edges }: Pick<Lineage, 'isCut' | 'nodes' | 'edges'>,
  depth: number,
): 'deeper' | 'elsewhere' | null {
  if (!isCut) return null;
  const isFull = nodes.length >= most.nodes || edges.length >= most.edges;
  return depth < 10 && !isFull ? 'deeper' : 'elsewhere';
}

/** Items by a key of theirs, in the order in which they come. */
export function grouped<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
