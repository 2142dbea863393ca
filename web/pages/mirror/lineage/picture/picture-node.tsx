import { VisuallyHidden } from '@mantine/core';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { LineageNode } from '../../../../../model/mirror/reading/lineage-graph.ts';
import { texts } from '../../../../texts/index.ts';
import { KindIcon } from '../kind-icon.tsx';
import classes from './picture.module.css';
import type { NodeWords } from '../node-words.ts';

/** A node as it is drawn. */
export type PictureNode = Node<
  {
    kind: LineageNode['kind'];
    words: NodeWords;
    isStart: boolean;
    isSelected: boolean;
    /** Whether Tab leads here; it does to one node of the picture. */
    isCurrent: boolean;
    /** Changes whenever it has to take the focus; 0: it does not. */
    turn: number;
  },
  'lineage'
>;

/** A node of the picture: a button that selects it. */
export function PictureNodeView({ data }: NodeProps<PictureNode>) {
  const { kind, words, isStart, isSelected, isCurrent, turn } = data;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (turn > 0) button.current?.focus({ preventScroll: true });
  }, [turn]);
  return (
    <>
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <button
        ref={button}
        type="button"
        className={classes.node}
        tabIndex={isCurrent ? 0 : -1}
        aria-pressed={isSelected}
        title={[words.name, words.detail].join('\n')}
        data-start={isStart || undefined}
        data-kind={kind}
        data-stranger={words.project !== null || undefined}
      >
        <KindIcon kind={kind} className={classes.icon} />
        <span className={classes.names}>
          <VisuallyHidden>{texts.lineage.kinds[kind]}</VisuallyHidden>
          <span className={classes.name}>{words.name}</span>
          <span className={classes.detail}>{words.detail}</span>
          {words.project !== null && <span className={classes.project}>{words.project}</span>}
        </span>
        {isStart && <span className={classes.start}>{texts.lineage.startBadge}</span>}
      </button>
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </>
  );
}
