import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import type { MirrorReading } from './open-reading.ts';

/**
 * Checks that a path is one of the mirror's: in one of the folders that it owns, spelled as Git does
 * (`''` is all of them). Throws 422 for a path that no tree can have, and 404 for those of others, as
 * for paths with nothing.
 */
export function ownedPath({ layout }: Pick<MirrorReading, 'layout'>, text: string): string {
  const path = text.replace(/\/$/, '');
  if (path === '') return path;
  const parts = path.split('/');
  if (path.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw fieldProblem('/path', 'is not the path of a file: use names with / between them');
  if (!layout.ownedFolders.includes(parts[0] ?? '')) throw pathNotFound({ layout }, path);
  return path;
}

/** The problem for a path with nothing of the mirror. */
export function pathNotFound({ layout }: Pick<MirrorReading, 'layout'>, path: string): ApiProblem {
  const folders = layout.ownedFolders.map((folder) => `${folder}/`).join(', ');
  const detail = `There is nothing at ${JSON.stringify(path.slice(0, 300))} in this commit. A mirror shows its folders ${folders}.`;
  return new ApiProblem(404, 'path_not_found', detail);
}
