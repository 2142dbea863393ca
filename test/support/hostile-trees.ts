import type { GitRepository } from './git-repository.ts';

/** One entry of a tree. */
interface TreeEntry {
  name: string;
  id: string;
  type?: 'blob' | 'tree';
}

/** Writes a tree; returns its id. */
export async function writeTree(
  repository: GitRepository,
  entries: readonly TreeEntry[],
): Promise<string> {
  const lines = entries.map(({ name, id, type = 'blob' }) =>
    [type === 'blob' ? '100644' : '040000', type, `${id}\t${name}\0`].join(' '),
  );
  const out = await repository.git(['mktree', '-z'], Buffer.from(lines.join('')));
  return out.toString().trim();
}

/** Writes a blob; returns its id. */
export async function writeBlob(
  repository: GitRepository,
  content: string | Uint8Array,
): Promise<string> {
  const out = await repository.git(['hash-object', '-w', '--stdin'], Buffer.from(content));
  return out.toString().trim();
}

/** Commits a tree on top of the branch, below these folders, next to what is there; returns the commit's id. */
export async function commitTree(
  repository: GitRepository,
  tree: string,
  folder: string,
): Promise<string> {
  const tip = await repository.tip();
  let inner = tree;
  for (const name of folder.split('/').reverse())
    inner = await writeTree(repository, [{ name, id: inner, type: 'tree' }]);
  const parent = tip === null ? [] : ['-p', tip];
  const who = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@example.com'];
  const out = await repository.git([...who, 'commit-tree', '-m', 'Grow', ...parent, inner]);
  const sha = out.toString().trim();
  await repository.git(['update-ref', 'refs/heads/main', sha]);
  return sha;
}

/** A tree of a few kilobytes with `width ** levels` Markdown files, all the same. */
export async function treeBomb(
  repository: GitRepository,
  { levels, width }: { levels: number; width: number },
): Promise<string> {
  const blob = await writeBlob(repository, '---\nid: same\n---\n');
  const names = Array.from({ length: width }, (_, at) => `f${at}`);
  let tree = await writeTree(
    repository,
    names.map((name) => ({ name: `${name}.md`, id: blob })),
  );
  for (let level = 1; level < levels; level += 1)
    tree = await writeTree(
      repository,
      names.map((name) => ({ name, id: tree, type: 'tree' as const })),
    );
  return tree;
}
