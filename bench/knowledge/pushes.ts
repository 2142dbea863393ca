import type { GitRepository } from '../../test/support/git-repository.ts';
import { commitTree, treeBomb, writeBlob, writeTree } from '../../test/support/hostile-trees.ts';

/** A push that is made to be expensive. */
export type Push = [name: string, push: (to: GitRepository) => Promise<unknown>];

const folder = 'knowledge/skills';

/** What is pushed; `percent` of the sizes at which limits are exceeded. */
export function pushesOf(percent: number): Push[] {
  const part = (of: number) => Math.max(1, Math.round((of * percent) / 100));
  const paths = part(10_000);
  const levels = percent === 100 ? 8 : 3;
  return [
    [`one blob of 1 MB at ${shown(paths)} paths`, (to) => oneBlob(to, paths, 1_000_000)],
    [`one blob of 20 kB at ${shown(paths)} paths`, (to) => oneBlob(to, paths, 20_000)],
    [
      `a tree of 10^${levels} files`,
      async (to) => commitTree(to, await treeBomb(to, { levels, width: 10 }), folder),
    ],
    [`${shown(part(1_100))} files of 1 MiB`, (to) => largeFiles(to, part(1_100))],
    [`${shown(part(200))} files of 1 MiB`, (to) => largeFiles(to, part(200))],
    [
      `${shown(part(20_000))} paths that cannot be entries`,
      async (to) => {
        const id = await writeBlob(to, 'x');
        const bad = Array.from({ length: part(20_000) }, (_, at) => ({
          name: `${'x'.repeat(1_100)}${at}.md`,
          id,
        }));
        await commitTree(to, await writeTree(to, bad), folder);
      },
    ],
  ];
}

function shown(count: number): string {
  return count.toLocaleString('en');
}

async function oneBlob(to: GitRepository, paths: number, bytes: number): Promise<void> {
  const id = await writeBlob(to, `---\nid: same\n---\n${'x'.repeat(bytes)}`);
  const files = Array.from({ length: paths }, (_, at) => ({ name: `s${at}.md`, id }));
  await commitTree(to, await writeTree(to, files), folder);
}

async function largeFiles(to: GitRepository, count: number): Promise<void> {
  const files = [];
  for (let at = 0; at < count; at += 1) {
    const text = `---\nid: large-${at}\n---\n`;
    const id = await writeBlob(to, text + `${at} `.repeat(1024 ** 2).slice(text.length, 1024 ** 2));
    files.push({ name: `large-${at}.md`, id });
  }
  await commitTree(to, await writeTree(to, files), folder);
}
