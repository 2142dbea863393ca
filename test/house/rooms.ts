import { readdirSync } from 'node:fs';
import { root, sourceFiles } from './read-imports.ts';

/** Folders next to the rooms, which may import any of them. */
export const besideTheRooms = ['test', 'bench', 'examples', 'build'];

/** The folders that contain source: the rooms and those next to them. */
export function sourceFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sourceFiles(entry.name).length > 0)
    .map(({ name }) => name);
}

/** The source files of the rooms, and `config.ts` next to them. */
export function filesOfTheHouse(): string[] {
  const rooms = sourceFolders().filter((name) => !besideTheRooms.includes(name));
  return ['config.ts', ...rooms.flatMap((room) => sourceFiles(room))];
}
