import { joinPath } from './unique-paths.ts';

/** A folder beside another (`configs` → `storage`); `null` where that is the top: nothing is beside it. */
export function folderBeside(folder: string, name: string): string | null {
  if (folder === '') return null;
  return joinPath(folder.slice(0, Math.max(folder.lastIndexOf('/'), 0)), name);
}
