import { lazy } from 'react';

const load = () => import('./file-diff.tsx');

/** Reads the libraries while a page that will need them reads its data; if that fails, they are read again by what shows them. */
export function preloadDiff(): void {
  load().catch(() => undefined);
}

/** What differs between two texts; with the libraries for it, which the page does not wait for. */
export const LazyDiff = lazy(async () => ({ default: (await load()).FileDiff }));
