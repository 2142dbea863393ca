import { queryOptions, type QueryKey } from '@tanstack/react-query';
import type { Drawing, LaidOut } from './lay-out.ts';

/** A layout, which is computed once for each `key`: it says what the drawing was made of. */
export function layoutQuery(key: QueryKey, drawing: Drawing) {
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
