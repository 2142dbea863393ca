import type { GitRepository } from './git-repository.ts';

/** A commit made to look like one of ours. */
export interface ForgedCommit {
  stream: string;
  installation: string;
  batches: string[];
  through: number;
  /** Path → content; `null` removes the file. */
  files: Record<string, string | null>;
  /** The Git branch to commit to; `main` by default. */
  branch?: string;
}

/** Commits as we do, with Gitward as the committer and our trailers; returns the commit's id. */
export async function forge(repository: GitRepository, forged: ForgedCommit): Promise<string> {
  const { branch = 'main' } = forged;
  const message = [
    'Change something',
    [
      `Gitward-Stream: ${forged.stream}`,
      `Gitward-Installation: ${forged.installation}`,
      `Gitward-Batches: ${forged.batches.join(', ')}`,
      `Gitward-Through: ${forged.through}`,
      'Gitward-Reason: changes',
    ].join('\n'),
  ].join('\n\n');
  const parent = await repository.tip(branch);
  // `commit` makes a commit by someone else, but the committer is what counts, so it is made again.
  const sha = await repository.commit({ files: forged.files, message, branch });
  const made = await repository.git([
    ...['-c', 'user.name=Gitward', '-c', 'user.email=gitward@localhost'],
    ...['commit-tree', `${sha}^{tree}`, '-m', message],
    ...(parent === null ? [] : ['-p', parent]),
  ]);
  const id = made.toString().trim();
  await repository.setBranch(branch, id);
  return id;
}
