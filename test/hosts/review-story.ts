import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import type { MergeResult, ReviewHost } from '../../hosts/reviews/types.ts';

/** A host with an author and a reviewer, and a repository whose `main` has a commit. */
export interface StoryHost {
  /** The host as one of them asks it. */
  as: (who: 'author' | 'reviewer') => Promise<ReviewHost>;
  /** Commits a file to a branch, which begins at `main` if it is new; returns the commit. */
  commit: (branch: string, path: string, text: string) => Promise<string>;
  /** The commit of a branch; `null` if there is none. */
  tip: (branch: string) => Promise<string | null>;
}

/** Merges as soon as the host is ready. */
export async function mergeSoon(
  host: ReviewHost,
  number: number,
  sha: string,
): Promise<{ result: MergeResult; attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    const merge = { sha, title: 'Prices for 2027', message: 'Reviewed-by: Berta' };
    const result = await host.merge(number, merge);
    if (result.kind !== 'later' || attempts === 60) return { result, attempts };
    await setTimeout(attempts < 4 ? 20 : 1_000);
  }
}

/** A change from its pull request to the merge, as every host has to tell it, real or not. */
export async function tellTheStory({ as, commit, tip }: StoryHost): Promise<void> {
  const branch = `gitward/prices-${Date.now()}`;
  const first = await commit(branch, 'knowledge/prices.md', 'ten\n');
  const author = await as('author');
  const reviewer = await as('reviewer');
  expect(await author.find(branch, 'main')).toBeNull();

  const proposal = { source: branch, target: 'main', title: 'Prices', description: '| a | b |' };
  const opened = await author.create(proposal);
  expect(opened).toMatchObject({
    state: 'open',
    title: 'Prices',
    description: '| a | b |',
    source: { branch, sha: first, exists: true },
    target: 'main',
    mergeCommit: null,
    approvals: [],
  });
  expect((await author.create(proposal)).number).toBe(opened.number);
  expect((await reviewer.find(branch, 'main'))?.number).toBe(opened.number);
  expect(await author.find(branch, 'another')).toBeNull();

  await author.update(opened.number, { title: 'Prices for 2027', description: 'In words.' });
  await author.comment(opened.number, 'Please look.');
  const status = { context: 'gitward/review', description: 'Waits for one more', url: null };
  await author.setStatus(first, { ...status, state: 'pending' });
  await author.setStatus(first, { ...status, state: 'pending' });
  await author.setStatus(first, { ...status, state: 'success' });

  const second = await commit(branch, 'knowledge/prices.md', 'eleven\n');
  expect(await author.approve(opened.number, { sha: second, comment: '' })).toBe('own');
  expect(await reviewer.approve(opened.number, { sha: second, comment: 'Good.' })).toBe('said');
  const me = await author.user();
  expect(opened.author?.login).toBe(me.login);
  expect((await reviewer.user()).login).not.toBe(me.login);
  for (const words of ['Not yet.', ''])
    expect(await reviewer.takeBack(opened.number, words)).toBe('said');
  const verdicts = async () =>
    ((await author.read(opened.number))?.approvals ?? [])
      .map(({ verdict }) => verdict)
      .filter((verdict) => verdict !== 'dismissed');
  expect(await verdicts()).toEqual([]);
  const isGitlab = author.kind === 'gitlab';
  for (const [who, spoken] of [
    [author, 'own'],
    [reviewer, 'said'],
  ] as const) {
    const word = { sha: second, comment: '' };
    expect(await who.requestChanges(opened.number, word)).toBe(isGitlab ? 'no_way' : spoken);
  }
  expect(await verdicts()).toEqual(isGitlab ? [] : ['changes_requested']);
  expect(await reviewer.approve(opened.number, { sha: second, comment: '' })).toBe('said');
  const approved = await author.read(opened.number);
  expect(approved).toMatchObject({ title: 'Prices for 2027', source: { sha: second } });
  expect(approved?.approvals).toMatchObject([{ verdict: 'approved' }]);

  const merge = { title: 'Prices for 2027', message: '' };
  expect(await author.merge(opened.number, { ...merge, sha: first })).toEqual({ kind: 'moved' });
  const { result } = await mergeSoon(author, opened.number, second);
  expect(result).toEqual({ kind: 'merged', commit: await tip('main') });
  // As after an answer that was lost.
  expect(await author.merge(opened.number, { ...merge, sha: second })).toEqual(result);

  await author.deleteBranch(branch);
  await author.deleteBranch(branch);
  expect(await tip(branch)).toBeNull();
  const merged = await reviewer.read(opened.number);
  expect(merged).toMatchObject({
    state: 'merged',
    mergeCommit: await tip('main'),
    source: { branch, sha: second, exists: false },
  });
  expect(merged?.mergedBy).not.toBeNull();
  expect(merged?.mergedAt).toMatch(/^20\d\d-/);
  expect((await author.find(branch, 'main'))?.state).toBe('merged');
  expect(await author.read(opened.number + 1_000)).toBeNull();
}
