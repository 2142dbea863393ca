import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The path itself or, if nothing is there yet, the nearest one above it at which something is: a folder, or a file that is in the way. */
export async function nearestThere(path: string): Promise<{ path: string; isFolder: boolean }> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found !== null) return { path: at, isFolder: found.isDirectory() };
    if (at === dirname(at)) return { path: at, isFolder: false };
  }
}
