import '@xyflow/react/dist/base.css';
import { Box, Center, Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import { ProblemAlert } from '../../../../parts/problem-alert.tsx';
import { texts } from '../../../../texts/index.ts';
import type { PictureLayout } from './use-picture-layout.ts';
import classes from './picture.module.css';
import { PicturePlane, type PictureProps } from './picture-plane.tsx';

/** A lineage as a picture that one can move in, once it is laid out. */
export function LineagePicture({
  layout: { arrows, drawing, query, key },
  ...shown
}: PictureProps & { layout: PictureLayout }) {
  const { data: laidOut, error, refetch } = query;
  const { ref, ...frame } = useElementSize();
  return (
    <Box ref={ref} className={classes.picture}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {laidOut !== undefined && frame.width > 0 ? (
        <ReactFlowProvider key={key}>
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
