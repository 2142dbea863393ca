import { readdirSync } from 'node:fs';
import { root, sourceFiles } from './read-imports.ts';

/** What stands beside the rooms and may import any of them. */
export const besideTheRooms = ['test', 'bench', 'examples'];

/** The folders that hold source: the rooms and what stands beside them. */
export function sourceFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sourceFiles(entry.name).length > 0)
    .map(({ name }) => name);
}

/** The source of the rooms, and `config.ts` beside them. */
export function filesOfTheHouse(): string[] {
  const rooms = sourceFolders().filter((name) => !besideTheRooms.includes(name));
  return ['config.ts', ...rooms.flatMap((room) => sourceFiles(room))];
}
