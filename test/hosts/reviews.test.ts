import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ReviewHostKind } from '../../hosts/reviews/types.ts';
import { gitEnvironment } from '../support/git-repository.ts';
import type { Way } from '../support/review-hosts/merge-by.ts';
import { change, merge, reviewBench } from './review-bench.ts';
import { mergeSoon, tellTheStory } from './review-story.ts';

describe.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])('pull requests at %s', (kind) => {
  const bench = reviewBench(kind);

  test('are opened once, found, reviewed by others than their author, and merged', async () => {
    bench.standIn.pulls.rules.approvals = 1;
    bench.standIn.pulls.rules.lateMerges = 2;
    await tellTheStory({
      as: (who) => bench.as(who === 'author' ? 'anna' : 'berta'),
      tip: (branch) => bench.standIn.repository.tip(branch),
      async commit(branch, path, text) {
        const { repository } = bench.standIn;
        if ((await repository.tip(branch)) === null)
          await repository.setBranch(branch, (await repository.tip())!);
        return repository.commit({ branch, files: { [path]: text } });
      },
    });
    expect(bench.standIn.pulls.statuses.map(({ state }) => state).at(-1)).toBe('success');
  });

  test('are merged in seconds if the host has not noticed the approval yet', async () => {
    bench.standIn.pulls.rules.approvals = 1;
    bench.standIn.pulls.rules.lateMerges = 2;
    const { host, pull, sha } = await bench.proposed();
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    await (await bench.as('berta')).approve(pull.number, { sha, comment: '' });
    const { result, attempts } = await mergeSoon(host, pull.number, sha);
    expect(result).toEqual({ kind: 'merged', commit: await bench.standIn.repository.tip() });
    expect(attempts).toBe(3);
  });

  // GitHub has no fast-forwards.
  const ways: Way[] = [
    'squash',
    'rebase',
    ...(kind === 'github' ? [] : (['fast-forward'] as const)),
  ];
  test.each(ways)('name the commit that %s made, if merges are not allowed', async (way) => {
    bench.standIn.pulls.rules.ways = [way];
    const { host, pull, sha } = await bench.proposed();
    if (way !== 'fast-forward')
      await bench.standIn.repository.commit({ files: { 'b.md': 'other\n' } });
    const result = await host.merge(pull.number, merge(sha));
    const tip = await bench.standIn.repository.tip();
    expect(result).toEqual({ kind: 'merged', commit: tip });
    expect((await host.read(pull.number))?.mergeCommit).toBe(tip);
    const [last] = await bench.standIn.repository.log();
    expect(last?.parents).toHaveLength(1);
    if (way === 'squash') expect(last?.message.trim()).toBe('A change\n\nIn words.');
  });

  test('are merged in seconds if the host still checks whether it can', async () => {
    bench.standIn.pulls.rules.busyMerges = 2;
    const { host, pull, sha } = await bench.proposed();
    if (kind !== 'gitea') expect(pull.mergeable).toBe('unknown');
    const { result, attempts } = await mergeSoon(host, pull.number, sha);
    expect(result.kind).toBe('merged');
    expect(attempts).toBe(3);
  });

  // GitLab's settings decide how it merges; there is always a way.
  test.skipIf(kind === 'gitlab')(
    'are refused if the repository allows no way to merge that we know',
    async () => {
      bench.standIn.pulls.rules.ways = [];
      const { host, pull, sha } = await bench.proposed();
      expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    },
  );

  test('with a conflict are not merged', async () => {
    const { host, pull, sha } = await bench.proposed();
    await bench.standIn.repository.commit({ files: { 'a.md': 'something else\n' } });
    expect(await host.read(pull.number)).toMatchObject({ blockedBy: expect.any(String) as string });
    // Gitea says no more than that one may try again.
    const kindOf = kind === 'gitea' ? 'later' : 'refused';
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: kindOf });
  });

  test('that somebody closes at the host are closed, and not merged', async () => {
    const { host, pull, sha } = await bench.proposed();
    await (await bench.as('berta')).close(pull.number);
    await host.close(pull.number);
    const closed = await host.read(pull.number);
    expect(closed).toMatchObject({ state: 'closed', mergeCommit: null, mergedBy: null });
    // Gitea's API does not say who it was.
    expect(closed?.closedBy?.login ?? null).toBe(kind === 'gitea' ? null : 'berta');
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    expect((await host.find('change', 'main'))?.number).toBe(pull.number);
  });

  test('keep their branch and commit when the branch is deleted', async () => {
    const { host, pull, sha } = await bench.proposed();
    await bench.standIn.pulls.deleteBranch(
      'change',
      kind === 'gitlab' ? null : bench.standIn.account('berta'),
    );
    expect(await host.read(pull.number)).toMatchObject({
      state: kind === 'gitlab' ? 'open' : 'closed',
      source: { branch: 'change', sha, exists: false },
    });
  });

  test('of a fork with the same branch are never taken for ours', async () => {
    const { pulls, account } = bench.standIn;
    await pulls.open({ ...change, author: account('carla') }, { fromFork: true });
    expect(await (await bench.as('anna')).find('change', 'main')).toBeNull();
    const { pull } = await bench.proposed();
    expect(pull.number).toBe(2);
  });

  test('whose target was changed at the host are found no more for the old one', async () => {
    const { host, pull } = await bench.proposed();
    await bench.standIn.repository.setBranch('next', (await bench.standIn.repository.tip())!);
    (await bench.standIn.pulls.find(pull.number))!.target = 'next';
    expect(await host.find('change', 'main')).toBeNull();
    expect(await host.read(pull.number)).toMatchObject({ state: 'open', target: 'next' });
  });

  test('show the last verdict of each reviewer, over several pages', async () => {
    const { host, pull, sha } = await bench.proposed();
    const stored = (await bench.standIn.pulls.find(pull.number))!;
    for (let i = 0; i < 120 && kind !== 'gitlab'; i++)
      bench.standIn.pulls.review(
        stored,
        bench.standIn.account('berta'),
        'changes_requested',
        sha,
        '',
      );
    await (await bench.as('berta')).approve(pull.number, { sha, comment: '' });
    bench.standIn.pulls.review(
      stored,
      bench.standIn.account('carla'),
      'changes_requested',
      sha,
      'No.',
    );
    const { approvals } = (await host.read(pull.number))!;
    expect(approvals.map(({ user, verdict }) => [user.login, verdict]).sort()).toEqual([
      ['berta', 'approved'],
      ['carla', 'changes_requested'],
    ]);
  });

  test('are the only way to a protected branch, and have a page at the repository’s own origin', async () => {
    const { pull } = await bench.proposed();
    await bench.standIn.protect('main');
    const { username, password } = bench.standIn.credential('anna');
    const remote = bench.standIn.url.replace('//', `//${username}:${password}@`);
    const push = promisify(execFile)('git', ['push', remote, 'change:main'], {
      cwd: bench.standIn.repository.directory,
      env: gitEnvironment(bench.standIn.repository.directory),
    });
    await expect(push).rejects.toThrow(/protected branch/i);
    const page = bench.standIn.url.replace(/\.git$/, '');
    expect(pull.url.startsWith(`${page}/`)).toBe(true);
  });
});
