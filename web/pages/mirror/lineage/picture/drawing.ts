import type { Drawing, Point } from './lay-out.ts';
import type { Arrow } from '../lineage-steps.ts';
import type { Lineage } from '../lineage-query.ts';

/** How large a node is drawn, in pixels. */
export const nodeSize = { width: 212, height: 54 };
/** A node of another project says of which one. */
const strangerHeight = 72;

/** What there is to draw of a lineage; boxes are in the order of its nodes, arrows in that of `arrows`. */
export function drawingOf(nodes: Lineage['nodes'], arrows: readonly Arrow[]): Drawing {
  const places = new Map(nodes.map(({ id }, at) => [id, at]));
  return {
    boxes: nodes.map(({ projectId }) => ({
      width: nodeSize.width,
      height: projectId === null ? nodeSize.height : strangerHeight,
    })),
    arrows: arrows.map(({ from, to }) => [places.get(from) ?? 0, places.get(to) ?? 0]),
  };
}

/** The line of an arrow, as the `d` of an SVG path: through all its points, and level at each of them. */
export function linePath(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  let { x, y } = first;
  const curves = others.map((next) => {
    const middle = (x + next.x) / 2;
    const curve = `C ${middle} ${y} ${middle} ${next.y} ${next.x} ${next.y}`;
    ({ x, y } = next);
    return curve;
  });
  return [`M ${first.x} ${first.y}`, ...curves].join(' ');
}

/** A part of the plane, as it is seen: `x` and `y` in pixels of the screen. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** What is left free around a drawing, in pixels. */
const margin = 24;
/** Below this, names cannot be read. */
const smallest = 0.55;

/** How large something is, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** All of a drawing in the middle of a frame, at most as large as it is. */
export function wholeView({ width, height }: Size, frame: Size): View {
  const zoom = Math.min(
    1,
    (frame.width - 2 * margin) / Math.max(width, 1),
    (frame.height - 2 * margin) / Math.max(height, 1),
  );
  return {
    x: (frame.width - width * zoom) / 2,
    y: (frame.height - height * zoom) / 2,
    zoom,
  };
}

/** What is seen first: all of it if it can be read then, otherwise what is around one point. */
export function firstView(drawn: Size, middle: Point, frame: Size): View {
  const whole = wholeView(drawn, frame);
  if (whole.zoom >= smallest) return whole;
  const zoom = 0.8;
  // Nothing is shown beyond the edges while something inside them is not.
  const shift = (at: number, length: number, room: number) => {
    const free = room - length * zoom;
    if (free >= 0) return free / 2;
    return Math.min(margin, Math.max(free - margin, room / 2 - at * zoom));
  };
  return {
    x: shift(middle.x, drawn.width, frame.width),
    y: shift(middle.y, drawn.height, frame.height),
    zoom,
  };
}

/** Whether a point is seen well enough in a frame that shows this part of the plane. */
export function isSeen({ x, y }: Point, view: View, frame: Size): boolean {
  const [across, down] = [x * view.zoom + view.x, y * view.zoom + view.y];
  return (
    across > 2 * margin &&
    across < frame.width - 2 * margin &&
    down > 2 * margin &&
    down < frame.height - 2 * margin
  );
}

/**
 * Where an arrow key leads from a node: left and right along the data, to the nearest in height; up and down to the next one
 * of the same column. `null` if there is none, or if it is another key. Nodes are their places in the drawing.
 */
export function neighbour(
  from: number,
  key: string,
  { boxes, arrows }: { boxes: readonly Point[]; arrows: Drawing['arrows'] },
): number | null {
  const here = boxes[from];
  if (here === undefined) return null;
  const column = boxes.flatMap(({ x }, at) => (Math.abs(x - here.x) < 1 ? [at] : []));
  const candidates: Record<string, number[]> = {
    ArrowLeft: arrows.flatMap(([source, target]) => (target === from ? [source] : [])),
    ArrowRight: arrows.flatMap(([source, target]) => (source === from ? [target] : [])),
    ArrowUp: column.filter((at) => (boxes[at]?.y ?? 0) < here.y),
    ArrowDown: column.filter((at) => (boxes[at]?.y ?? 0) > here.y),
  };
  const away = (at: number) => Math.abs((boxes[at]?.y ?? 0) - here.y);
  return (candidates[key] ?? []).toSorted((one, other) => away(one) - away(other))[0] ?? null;
}
