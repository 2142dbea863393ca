import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitRepository } from '../git-repository.ts';
import type { Account, Pull } from './pull.ts';

/** How a host merges. */
export type Way = 'merge' | 'squash' | 'rebase' | 'fast-forward';

/** Makes the commits of a merge with git, without moving the branch; `null` if there is a conflict, or it is no fast-forward. */
export async function mergeBy(
  repository: GitRepository,
  way: Way,
  { pull, by, message }: { pull: Pull; by: Account; message: string },
): Promise<string | null> {
  const target = await run(repository, ['rev-parse', `refs/heads/${pull.target}`]);
  if (target === null) return null;
  switch (way) {
    case 'merge':
    case 'squash': {
      const tree = await run(repository, ['merge-tree', '--write-tree', target, pull.head]);
      if (tree === null) return null;
      return commit(repository, { tree, parents: way === 'merge' ? [target, pull.head] : [target], by, message }); // prettier-ignore
    }
    case 'fast-forward': {
      const base = await run(repository, ['merge-base', target, pull.head]);
      return base === target ? pull.head : null;
    }
    case 'rebase':
      return rebase(repository, { target, head: pull.head, by });
  }
}

/** Whether Git cannot merge it without somebody. */
export async function hasConflict(repository: GitRepository, pull: Pull): Promise<boolean> {
  const args = ['merge-tree', '--write-tree', `refs/heads/${pull.target}`, pull.head];
  return (await run(repository, args)) === null;
}

async function rebase(
  repository: GitRepository,
  { target, head, by }: { target: string; head: string; by: Account },
): Promise<string | null> {
  const directory = await mkdtemp(join(tmpdir(), 'rebase-'));
  const inside = ['-C', directory, ...identityOf(by)];
  try {
    await repository.git(['worktree', 'add', '--quiet', '--detach', directory, target]);
    if ((await run(repository, [...inside, 'cherry-pick', `${target}..${head}`])) === null)
      return null;
    return await run(repository, [...inside, 'rev-parse', 'HEAD']);
  } finally {
    await repository.git(['worktree', 'remove', '--force', directory]);
  }
}

async function commit(
  repository: GitRepository,
  made: { tree: string; parents: string[]; by: Account; message: string },
): Promise<string> {
  const { tree, parents, by, message } = made;
  const args = [...identityOf(by), 'commit-tree', tree, ...parents.flatMap((one) => ['-p', one])];
  return (await repository.git(args, Buffer.from(message))).toString().trim();
}

function identityOf({ name, email }: Account): string[] {
  return ['-c', `user.name=${name}`, '-c', `user.email=${email}`];
}

/** What git prints; `null` if it fails. */
async function run(repository: GitRepository, args: string[]): Promise<string | null> {
  try {
    return (await repository.git(args)).toString().trim();
  } catch {
    return null;
  }
}
