import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Lineage } from '../lineage-query.ts';
import { arrowsOf, type Arrow } from '../lineage-steps.ts';
import { drawingOf } from './drawing.ts';
import type { Drawing, LaidOut } from './lay-out.ts';

/** What is drawn of a lineage, and where. */
export interface PictureLayout {
  /** Another one for each lineage. */
  key: string;
  arrows: readonly Arrow[];
  drawing: Drawing;
  query: UseQueryResult<LaidOut>;
}

/**
 * Lays out a lineage, if it is shown as a picture. It needs nothing of what draws, so that the one is computed while the
 * other is read. `key`: what the lineage was asked by.
 */
export function usePictureLayout(
  { nodes, edges }: Lineage,
  key: readonly unknown[],
  isShown: boolean,
): PictureLayout {
  const arrows = useMemo(() => arrowsOf(edges), [edges]);
  const drawing = useMemo(() => drawingOf(nodes, arrows), [nodes, arrows]);
  const query = useQuery({ ...layoutQuery(key, drawing), enabled: isShown });
  return { key: JSON.stringify(key), arrows, drawing, query };
}

/** A layout, which is computed once for each `key`: it says what the drawing was made of. */
function layoutQuery(key: readonly unknown[], drawing: Drawing) {
  return queryOptions({
    queryKey: ['layout', ...key],
    queryFn: ({ signal }) => layOutApart(drawing, signal),
    staleTime: Infinity,
    retry: false,
  });
}

/** Lays out in a worker, which ends with its task or when nobody waits for it any more. */
function layOutApart(drawing: Drawing, signal: AbortSignal): Promise<LaidOut> {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<LaidOut>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<LaidOut>) => resolve(data));
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(`The picture could not be laid out: ${message}`)),
    );
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    worker.postMessage(drawing);
  }).finally(() => worker.terminate());
}
