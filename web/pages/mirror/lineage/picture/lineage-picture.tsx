import '@xyflow/react/dist/base.css';
import { Box, Center, Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery, type QueryKey } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import { ProblemAlert } from '../../../../parts/problem-alert.tsx';
import { texts } from '../../../../texts/index.ts';
import { drawingOf } from './drawing.ts';
import { layoutQuery } from './layout-query.ts';
import classes from './picture.module.css';
import { arrowsOf } from '../lineage-steps.ts';
import { PicturePlane, type PictureProps } from './picture-plane.tsx';

/** A lineage as a picture that one can move in. `layoutKey` identifies the lineage. */
export function LineagePicture({ layoutKey, ...shown }: PictureProps & { layoutKey: QueryKey }) {
  const { nodes, edges } = shown.lineage;
  const arrows = useMemo(() => arrowsOf(edges), [edges]);
  const drawing = useMemo(() => drawingOf(nodes, arrows), [nodes, arrows]);
  const { data: laidOut, error, refetch } = useQuery(layoutQuery(layoutKey, drawing));
  const { ref, ...frame } = useElementSize();
  return (
    <Box ref={ref} className={classes.picture}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {laidOut !== undefined && frame.width > 0 ? (
        <ReactFlowProvider key={JSON.stringify(layoutKey)}>
          <PicturePlane {...shown} {...{ arrows, drawing, laidOut, frame }} />
        </ReactFlowProvider>
      ) : (
        error === null && (
          <Center h="100%">
            <Loader aria-label={texts.lineage.loading} />
          </Center>
        )
      )}
    </Box>
  );
}
