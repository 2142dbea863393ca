import { ReactFlow, useReactFlow } from '@xyflow/react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { texts } from '../../../../texts/index.ts';
import { firstView, isSeen, neighbour, wholeView, type Size } from './drawing.ts';
import type { Drawing, LaidOut } from './lay-out.ts';
import type { Lineage } from '../lineage-query.ts';
import type { Arrow } from '../lineage-steps.ts';
import classes from './picture.module.css';
import { PictureEdgeView } from './picture-edge.tsx';
import { pictureEdges, pictureNodes } from './picture-elements.ts';
import { PictureNodeView } from './picture-node.tsx';
import { PictureTools } from './picture-tools.tsx';

const words = texts.lineage;
const nodeTypes = { lineage: PictureNodeView };
const edgeTypes = { lineage: PictureEdgeView };
const edgeClasses = { disabled: classes.disabled ?? '', near: classes.near ?? '' };

/** What a picture shows, and how it tells that a node was selected. */
export interface PictureProps {
  lineage: Lineage;
  /** The id of the selected node. */
  selected: string;
  onSelect: (id: string) => void;
}

/** The plane that everything is drawn on: of many nodes only those that are seen. Tab leads to one, arrow keys on to others. */
export function PicturePlane({
  lineage: { nodes, start: startId },
  selected: selectedId,
  onSelect,
  arrows,
  drawing,
  laidOut,
  frame,
}: PictureProps & {
  arrows: readonly Arrow[];
  drawing: Drawing;
  laidOut: LaidOut;
  /** How large it is on the screen, in pixels. */
  frame: Size;
}) {
  const flow = useReactFlow();
  const hint = useId();
  const placeOf = (id: string) => nodes.findIndex((node) => node.id === id);
  const start = placeOf(startId);
  const selected = placeOf(selectedId);
  const [walk, setWalk] = useState<{ at: number; turn: number } | null>(null);
  const { at: current, turn } = walk ?? { at: selected, turn: 0 };
  const shownNodes = useMemo(
    () => pictureNodes(nodes, drawing, laidOut, { start, selected, current, turn }),
    [nodes, drawing, laidOut, start, selected, current, turn],
  );
  const shownEdges = useMemo(
    () => pictureEdges(arrows, drawing, laidOut, { selected }, edgeClasses),
    [arrows, drawing, laidOut, selected],
  );
  const middleOf = (at: number) => {
    const { x, y } = laidOut.boxes[at] ?? { x: 0, y: 0 };
    const { width, height } = drawing.boxes[at] ?? { width: 0, height: 0 };
    return { x: x + width / 2, y: y + height / 2 };
  };
  // Where one looks at first; then it is moved by hand.
  const [defaultViewport] = useState(() => firstView(laidOut, middleOf(selected), frame));

  const walkTo = (at: number) => {
    const middle = middleOf(at);
    const view = flow.getViewport();
    if (!isSeen(middle, view, frame)) void flow.setCenter(middle.x, middle.y, { zoom: view.zoom });
    setWalk({ at, turn: turn + 1 });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isNode = (event.target as HTMLElement).closest('[data-kind]') !== null;
    if (!isNode || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = neighbour(current, event.key, { boxes: laidOut.boxes, arrows: drawing.arrows });
    if (next !== null) walkTo(next);
  };

  return (
    <>
      <ReactFlow
        nodes={shownNodes}
        edges={shownEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultViewport={defaultViewport}
        minZoom={0.05}
        maxZoom={1.5}
        onlyRenderVisibleElements
        onNodeClick={(_, { id }) => {
          const at = Number(id);
          setWalk({ at, turn: 0 });
          onSelect(nodes[at]?.id ?? startId);
        }}
        onKeyDown={onKeyDown}
        onMoveStart={(event) => {
          // What comes into sight again later must not take the focus.
          if (event !== null && turn > 0) setWalk({ at: current, turn: 0 });
        }}
        // The wheel scrolls the page, unless Ctrl is held.
        zoomOnScroll={false}
        preventScrolling={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        // The nodes are buttons, and have keys of their own.
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        aria-label={words.pictureOf}
        aria-describedby={hint}
      >
        <PictureTools whole={wholeView(laidOut, frame)} onStart={() => walkTo(start)} />
      </ReactFlow>
      <p id={hint} className={classes.hint}>
        {words.hint}
      </p>
    </>
  );
}
