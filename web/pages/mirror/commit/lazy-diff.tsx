import { lazy } from 'react';

const load = () => import('./diff/file-diff.tsx');

// It is read while the commit is; if that fails, it is read again by what shows it.
load().catch(() => undefined);

/** What differs between two texts; with the libraries for it, which the page does not wait for. */
export const LazyDiff = lazy(async () => ({ default: (await load()).FileDiff }));
