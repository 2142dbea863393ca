import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { linePath } from './drawing.ts';
import type { Point } from './lay-out.ts';

/** An arrow as it is drawn. */
export type PictureEdge = Edge<{ line: Point[] }, 'lineage'>;

/** An arrow of the picture, along the points that the layout has chosen. */
export function PictureEdgeView({ id, data, markerEnd }: EdgeProps<PictureEdge>) {
  return (
    <BaseEdge
      id={id}
      path={linePath(data?.line ?? [])}
      interactionWidth={0}
      {...(markerEnd !== undefined && { markerEnd })}
    />
  );
}
