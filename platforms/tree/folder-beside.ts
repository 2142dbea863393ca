import { joinPath } from './unique-paths.ts';

/** The sibling of a folder (`configs` → `storage`). `null` for the root folder, which has no siblings. */
export function folderBeside(folder: string, name: string): string | null {
  if (folder === '') return null;
  return joinPath(folder.slice(0, Math.max(folder.lastIndexOf('/'), 0)), name);
}
