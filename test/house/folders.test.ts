import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root, sourceFiles } from './read-imports.ts';
import { sourceFolders } from './rooms.ts';

/** As many files as a person can still take in at a glance. */
const most = 25;
/** A history, which only grows, and which nobody reads at a glance. */
const histories = ['db/migrations'];

it(`no folder has more than ${most} files`, () => {
  const folders = new Set(sourceFolders().flatMap(sourceFiles).map(dirname));
  expect(folders.size).toBeGreaterThan(50);
  const crowded = [...folders]
    .map((folder) => ({ folder, files: filesIn(folder) }))
    .filter(({ folder, files }) => files > most && !histories.includes(folder));
  expect(crowded).toEqual([]);
});

function filesIn(folder: string): number {
  return readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile())
    .length;
}
