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

/** Every second point of an arrow is in a column of boxes; the others are between columns, where the line is free. */
const isInColumn = (_: unknown, at: number): boolean => at % 2 === 1;

/** Lays out a graph from left to right. It takes up to a second for 500 boxes, so it belongs in a worker. */
export function layOut({ boxes, arrows }: Drawing): LaidOut {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  // The usual ranker looks no better here, and takes up to ten times as long.
  const ranker = 'tight-tree';
  graph.setGraph({ rankdir: 'LR', ranker, nodesep: 16, ranksep: 64, edgesep: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [at, box] of boxes.entries()) graph.setNode(String(at), { ...box });
  for (const [from, to] of arrows) graph.setEdge(String(from), String(to));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const column = Math.max(0, ...boxes.map((box) => box.width));
  return {
    width,
    height,
    boxes: boxes.map((box, at) => {
      const { x = 0, y = 0 } = graph.node(String(at));
      return { x: x - box.width / 2, y: y - box.height / 2 };
    }),
    arrows: arrows.map(([from, to]) => {
      const { points = [] } = graph.edge(String(from), String(to));
      // Straight through a column, so that no line crosses a box.
      return points
        .slice(1, -1)
        .filter(isInColumn)
        .flatMap(({ x, y }: Point) => {
          const half = column / (points[0] !== undefined && points[0].x > x ? -2 : 2);
          return [
            { x: x - half, y },
            { x: x + half, y },
          ];
        });
    }),
  };
}
