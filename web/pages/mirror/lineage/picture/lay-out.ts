import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';

/** A point, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** A graph to lay out: how large its boxes are, and which of them (by their places in the list) arrows connect. */
export interface Drawing {
  boxes: { width: number; height: number }[];
  arrows: [from: number, to: number][];
}

/** Where everything is drawn, in the order of the {@link Drawing}. */
export interface LaidOut {
  width: number;
  height: number;
  /** The left upper corners. */
  boxes: Point[];
  /** What each arrow passes between its ends, from its beginning on. */
  arrows: Point[][];
}

/** Lays out a graph from left to right. It takes seconds for many hundred boxes, so it belongs in a worker. */
export function layOut({ boxes, arrows }: Drawing): LaidOut {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 72, edgesep: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [at, box] of boxes.entries()) graph.setNode(String(at), { ...box });
  for (const [from, to] of arrows) graph.setEdge(String(from), String(to));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: boxes.map((box, at) => {
      const { x = 0, y = 0 } = graph.node(String(at));
      return { x: x - box.width / 2, y: y - box.height / 2 };
    }),
    arrows: arrows.map(([from, to]) => {
      const { points = [] } = graph.edge(String(from), String(to));
      return points.slice(1, -1).map(({ x, y }) => ({ x, y }));
    }),
  };
}
