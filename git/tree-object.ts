import type { TreeObject } from './types.ts';

/** Whether there is something that is not a folder. Git would put a folder in its place without a word. */
export function isNoFolder(object: TreeObject | undefined): object is TreeObject {
  return object !== undefined && object.type !== 'folder';
}

/** The blob ids of those that are files, by path. */
export function blobIdsOf(objects: ReadonlyMap<string, TreeObject>): Map<string, string> {
  return new Map(
    [...objects].flatMap(([path, { type, id }]) => (type === 'file' ? [[path, id]] : [])),
  );
}
