import { MarkerType, Position } from '@xyflow/react';
import type { Drawing, LaidOut, Point } from './lay-out.ts';
import type { Arrow } from '../lineage-steps.ts';
import type { Lineage } from '../lineage-query.ts';
import { nodeWords } from '../node-words.ts';
import type { PictureEdge } from './picture-edge.tsx';
import type { PictureNode } from './picture-node.tsx';

/** What stands out in a picture; places in the lists of nodes. */
export interface Marks {
  start: number;
  selected: number;
  /** Where Tab leads to. */
  current: number;
  /** Changes whenever the current one has to take the focus; 0: it does not. */
  turn: number;
}

/**
 * The nodes as they are drawn. Their ids are their places in the list, since ids of the platform may contain anything, and
 * where arrows touch them is said beforehand, so that arrows to what is not drawn yet are there.
 */
export function pictureNodes(
  nodes: Lineage['nodes'],
  drawing: Drawing,
  laidOut: LaidOut,
  { start, selected, current, turn }: Marks,
): PictureNode[] {
  return nodes.map((node, at) => {
    const { width = 0, height = 0 } = drawing.boxes[at] ?? {};
    const handle = { y: height / 2, width: 1, height: 1 };
    return {
      id: String(at),
      type: 'lineage',
      position: laidOut.boxes[at] ?? { x: 0, y: 0 },
      width,
      height,
      handles: [
        { ...handle, type: 'target', position: Position.Left, x: 0 },
        { ...handle, type: 'source', position: Position.Right, x: width },
      ],
      domAttributes: { 'aria-roledescription': undefined },
      data: {
        kind: node.kind,
        words: nodeWords(node),
        isStart: at === start,
        isSelected: at === selected,
        isCurrent: at === current,
        turn: at === current ? turn : 0,
      },
    };
  });
}

/** The arrows as they are drawn; `classes` name what is disabled, and what touches the selected node. */
export function pictureEdges(
  arrows: readonly Arrow[],
  drawing: Drawing,
  laidOut: LaidOut,
  { selected }: Pick<Marks, 'selected'>,
  classes: { disabled: string; near: string },
): PictureEdge[] {
  return drawing.arrows.map(([from, to], at) => {
    const isNear = from === selected || to === selected;
    return {
      id: String(at),
      type: 'lineage',
      source: String(from),
      target: String(to),
      data: { line: lineOf(from, to, laidOut.arrows[at] ?? [], drawing, laidOut) },
      className: [arrows[at]?.isDisabled === true && classes.disabled, isNear && classes.near]
        .filter((one) => one !== false)
        .join(' '),
      zIndex: isNear ? 1 : 0,
      markerEnd: {
        ...{ type: MarkerType.ArrowClosed, width: 32, height: 32 },
        markerUnits: 'userSpaceOnUse',
        color: isNear ? 'var(--lineage-near)' : 'var(--lineage-line)',
      },
      // The list says the same in words.
      ariaRole: 'presentation',
      domAttributes: { 'aria-hidden': true, 'aria-roledescription': undefined },
    };
  });
}

/** From the right of a box to the left of the next; the other way round for an arrow that leads back. */
function lineOf(
  from: number,
  to: number,
  between: Point[],
  { boxes }: Drawing,
  { boxes: corners }: LaidOut,
): Point[] {
  const left = (at: number) => ({
    x: corners[at]?.x ?? 0,
    y: (corners[at]?.y ?? 0) + (boxes[at]?.height ?? 0) / 2,
  });
  const right = (at: number) => {
    const { x, y } = left(at);
    return { x: x + (boxes[at]?.width ?? 0), y };
  };
  const leadsBack = left(to).x < left(from).x;
  return leadsBack ? [left(from), ...between, right(to)] : [right(from), ...between, left(to)];
}
