import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type { PullRequest, ReviewHost, ReviewHostKind } from '../../hosts/reviews/types.ts';
import type { Way } from '../support/review-hosts/merge-by.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { gitEnvironment } from '../support/git-repository.ts';
import {
  startReviewHost,
  type ReviewHostStandIn,
  type Who,
} from '../support/review-hosts/start-review-host.ts';
import { mergeSoon, tellTheStory } from './review-story.ts';

const dispatcher = new Agent();
const { signal } = new AbortController();
const hosts = createReviewHosts({ dispatcher, known: [] });
afterAll(() => dispatcher.close());

let standIn: ReviewHostStandIn;

/** The host as somebody asks it. */
async function as(who: Who): Promise<ReviewHost> {
  const { url } = standIn;
  const host = await hosts.open({ url, credential: standIn.credential(who) }, { signal });
  expect(host?.kind).toBe(standIn.kind);
  return host!;
}

/** How it fails if the host promises something else than what was answered. */
const otherwise = {
  code: 'repository_error',
  message: expect.stringContaining('answered something else than it promises') as string,
};

const change = { source: 'change', target: 'main', title: 'A change', description: '' };

/** A pull request of a branch with one commit. */
async function proposed(): Promise<{ host: ReviewHost; pull: PullRequest; sha: string }> {
  await standIn.repository.setBranch('change', (await standIn.repository.tip())!);
  const sha = await standIn.repository.commit({ branch: 'change', files: { 'a.md': 'changed\n' } });
  const host = await as('anna');
  return { host, pull: await host.create(change), sha };
}

/** How it failed. */
async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    return error;
  }
}

/** For how many milliseconds the host limits how often it is asked; `null` if it does not say it. */
function waitOf(failure: unknown): number | null {
  if (!(failure instanceof StreamFailure) || failure.wider?.of !== 'rate')
    throw new Error('This is no limit.', { cause: failure });
  return failure.wider.wait;
}

const merge = (sha: string) => ({ sha, title: 'A change', message: 'In words.' });

describe.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])('pull requests at %s', (kind) => {
  beforeEach(async () => {
    standIn = await startReviewHost(kind);
    await standIn.repository.commit({ files: { 'a.md': 'text\n', 'b.md': 'text\n' } });
  });
  afterEach(async () => {
    await standIn.close();
    expect(standIn.server.violations).toEqual([]);
  });

  test('are opened once, found, reviewed by others than their author, and merged', async () => {
    standIn.pulls.rules.approvals = 1;
    standIn.pulls.rules.lateMerges = 2;
    await tellTheStory({
      as: (who) => as(who === 'author' ? 'anna' : 'berta'),
      tip: (branch) => standIn.repository.tip(branch),
      async commit(branch, path, text) {
        const { repository } = standIn;
        if ((await repository.tip(branch)) === null)
          await repository.setBranch(branch, (await repository.tip())!);
        return repository.commit({ branch, files: { [path]: text } });
      },
    });
    expect(standIn.pulls.statuses.map(({ state }) => state).at(-1)).toBe('success');
  });

  test('are merged in seconds if the host has not noticed the approval yet', async () => {
    standIn.pulls.rules.approvals = 1;
    standIn.pulls.rules.lateMerges = 2;
    const { host, pull, sha } = await proposed();
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    await (await as('berta')).approve(pull.number, { sha, comment: '' });
    const { result, attempts } = await mergeSoon(host, pull.number, sha);
    expect(result).toEqual({ kind: 'merged', commit: await standIn.repository.tip() });
    expect(attempts).toBe(3);
  });

  // GitHub has no fast-forwards.
  const ways: Way[] = [
    'squash',
    'rebase',
    ...(kind === 'github' ? [] : (['fast-forward'] as const)),
  ];
  test.each(ways)('name the commit that %s made, if merges are not allowed', async (way) => {
    standIn.pulls.rules.ways = [way];
    const { host, pull, sha } = await proposed();
    if (way !== 'fast-forward') await standIn.repository.commit({ files: { 'b.md': 'other\n' } });
    const result = await host.merge(pull.number, merge(sha));
    const tip = await standIn.repository.tip();
    expect(result).toEqual({ kind: 'merged', commit: tip });
    expect((await host.read(pull.number))?.mergeCommit).toBe(tip);
    const [last] = await standIn.repository.log();
    expect(last?.parents).toHaveLength(1);
    if (way === 'squash') expect(last?.message.trim()).toBe('A change\n\nIn words.');
  });

  test('are merged in seconds if the host still checks whether it can', async () => {
    standIn.pulls.rules.busyMerges = 2;
    const { host, pull, sha } = await proposed();
    if (kind !== 'gitea') expect(pull.mergeable).toBe('unknown');
    const { result, attempts } = await mergeSoon(host, pull.number, sha);
    expect(result.kind).toBe('merged');
    expect(attempts).toBe(3);
  });

  // GitLab's settings decide how it merges; there is always a way.
  test.skipIf(kind === 'gitlab')(
    'are refused if the repository allows no way to merge that we know',
    async () => {
      standIn.pulls.rules.ways = [];
      const { host, pull, sha } = await proposed();
      expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    },
  );

  test('with a conflict are not merged', async () => {
    const { host, pull, sha } = await proposed();
    await standIn.repository.commit({ files: { 'a.md': 'something else\n' } });
    expect(await host.read(pull.number)).toMatchObject({ blockedBy: expect.any(String) as string });
    // Gitea says no more than that one may try again.
    const kindOf = kind === 'gitea' ? 'later' : 'refused';
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: kindOf });
  });

  test('that somebody closes at the host are closed, and not merged', async () => {
    const { host, pull, sha } = await proposed();
    await (await as('berta')).close(pull.number);
    await host.close(pull.number);
    const closed = await host.read(pull.number);
    expect(closed).toMatchObject({ state: 'closed', mergeCommit: null, mergedBy: null });
    // Gitea's API does not say who it was.
    expect(closed?.closedBy?.login ?? null).toBe(kind === 'gitea' ? null : 'berta');
    expect(await host.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    expect((await host.find('change', 'main'))?.number).toBe(pull.number);
  });

  test('keep their branch and commit when the branch is deleted', async () => {
    const { host, pull, sha } = await proposed();
    await standIn.pulls.deleteBranch('change', kind === 'gitlab' ? null : standIn.account('berta'));
    expect(await host.read(pull.number)).toMatchObject({
      state: kind === 'gitlab' ? 'open' : 'closed',
      source: { branch: 'change', sha, exists: false },
    });
  });

  test('of a fork with the same branch are never taken for ours', async () => {
    const { pulls, account } = standIn;
    await pulls.open({ ...change, author: account('carla') }, { fromFork: true });
    expect(await (await as('anna')).find('change', 'main')).toBeNull();
    const { pull } = await proposed();
    expect(pull.number).toBe(2);
  });

  test('whose target was changed at the host are found no more for the old one', async () => {
    const { host, pull } = await proposed();
    await standIn.repository.setBranch('next', (await standIn.repository.tip())!);
    (await standIn.pulls.find(pull.number))!.target = 'next';
    expect(await host.find('change', 'main')).toBeNull();
    expect(await host.read(pull.number)).toMatchObject({ state: 'open', target: 'next' });
  });

  test('show the last verdict of each reviewer, over several pages', async () => {
    const { host, pull, sha } = await proposed();
    const stored = (await standIn.pulls.find(pull.number))!;
    for (let i = 0; i < 120 && kind !== 'gitlab'; i++)
      standIn.pulls.review(stored, standIn.account('berta'), 'changes_requested', sha, '');
    await (await as('berta')).approve(pull.number, { sha, comment: '' });
    standIn.pulls.review(stored, standIn.account('carla'), 'changes_requested', sha, 'No.');
    const { approvals } = (await host.read(pull.number))!;
    expect(approvals.map(({ user, verdict }) => [user.login, verdict]).sort()).toEqual([
      ['berta', 'approved'],
      ['carla', 'changes_requested'],
    ]);
  });

  test('are approved by nobody who may only read', async () => {
    const { pull, sha } = await proposed();
    const reader = await as('reader');
    expect(await reader.approve(pull.number, { sha, comment: '' })).toBe('not_allowed');
    expect(await reader.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    await expect(reader.comment(pull.number, 'Hello')).rejects.toMatchObject({
      code: 'credential_refused',
      wider: null,
    });
  });

  test('cannot be asked for with a token that the host does not take', async () => {
    const { host, pull } = await proposed();
    const stranger = { username: 'gitward', password: 'token-that-ended' };
    await expect(
      hosts.open({ url: standIn.url, credential: stranger }, { signal }),
    ).rejects.toMatchObject({ code: 'credential_refused', wider: { of: 'credential' } });
    expect((await host.read(pull.number))?.number).toBe(pull.number);
  });

  test('are no answer while the host is away', async () => {
    const { host, pull, sha } = await proposed();
    const asked = [
      () => host.read(pull.number),
      () => host.find('change', 'main'),
      () => host.create(change),
      () => host.merge(pull.number, merge(sha)),
      () => host.approve(pull.number, { sha, comment: '' }),
      () => as('anna'),
    ];
    standIn.server.fault = { status: 503, body: '<html>Back soon</html>' };
    for (const ask of asked)
      await expect(ask()).rejects.toMatchObject({ code: 'repository_unreachable', wider: null });
    standIn.server.fault = null;
    await standIn.server.goAway();
    for (const ask of asked)
      await expect(ask()).rejects.toMatchObject({ code: 'repository_unreachable' });
    await standIn.server.comeBack();
    expect((await host.read(pull.number))?.state).toBe('open');
  });

  test('are not asked for again by themselves when the host limits it', async () => {
    const { host, pull } = await proposed();
    const reset = String(Math.ceil(Date.now() / 1_000) + 7);
    const limits = [
      { status: 429, headers: { 'retry-after': '7' }, said: 'Slow down' },
      { status: 403, headers: { 'retry-after': '7' }, said: 'Slow down' },
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
        said: 'Slow down',
      },
      { status: 403, headers: {}, said: 'You have exceeded a secondary rate limit' },
    ];
    for (const { status, headers, said } of limits) {
      standIn.server.fault = { status, headers, body: JSON.stringify({ message: said }) };
      standIn.server.calls.length = 0;
      const failure = await failureOf(host.read(pull.number));
      expect(failure).toMatchObject({ code: 'repository_unreachable', words: said });
      expect(waitOf(failure)).toEqual(said === 'Slow down' ? expect.closeTo(7_000, -3.5) : null);
      expect(standIn.server.calls).toHaveLength(1);
    }
  });

  test.each([
    ['a page for people', { status: 200, body: '<html>Sign in</html>' }, otherwise],
    ['wrong types', { status: 200, body: '{"number":"1","iid":-1,"state":7}' }, otherwise],
    ['nothing', { status: 200, body: '' }, otherwise],
    [
      '10 MB',
      { status: 200, body: `"${'x'.repeat(10_000_000)}"` },
      { code: 'repository_error', message: expect.stringContaining('more than 4 MiB') as string },
    ],
    [
      'an address elsewhere',
      { status: 301, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
      { code: 'repository_not_found' },
    ],
  ])('are not made of %s', async (_what, fault, failure) => {
    const { host, pull } = await proposed();
    standIn.server.fault = fault;
    for (const ask of [
      () => host.read(pull.number),
      () => host.find('change', 'main'),
      () => host.create(change),
    ])
      await expect(ask()).rejects.toMatchObject(failure);
  });

  test('of an archived repository say so', async () => {
    const { host, pull } = await proposed();
    for (const fault of [
      { status: 403, body: '{"message":"Repository was archived so is read-only."}' },
      { status: 423, body: '{"message":"Locked"}' },
    ]) {
      standIn.server.fault = fault;
      await expect(host.comment(pull.number, 'Hello')).rejects.toMatchObject({
        code: 'repository_archived',
      });
    }
  });

  test('have titles of one line that hosts take, and texts in which nothing is a command', async () => {
    const { host, pull } = await proposed();
    const title = `A change\n/merge ${'x'.repeat(400)}`;
    const description = 'See:\n/approve\n \t/merge\r/close\n\nhttps://example.com/a';
    await host.update(pull.number, { title, description });
    await host.update(pull.number, {});
    await host.comment(pull.number, description);
    const stored = (await standIn.pulls.find(pull.number))!;
    expect(stored.title.startsWith('A change /merge x')).toBe(true);
    expect(stored.title).toHaveLength(250);
    const kept =
      kind === 'gitlab'
        ? 'See:\n\\/approve\n \t\\/merge\r\\/close\n\nhttps://example.com/a'
        : description;
    expect([stored.description, stored.comments[0]?.text]).toEqual([kept, kept]);
  });

  test('tell no secret, whatever the host repeats', async () => {
    const { host, pull } = await proposed();
    const { password } = standIn.credential('anna');
    const body = JSON.stringify({ message: `No\u202e ${password}\n!`, errors: [{ password }] });
    standIn.server.fault = { status: 400, body };
    const failure = await failureOf(host.comment(pull.number, 'Hello'));
    expect(failure).toMatchObject({ code: 'repository_error' });
    expect(String(failure)).toContain('No … !');
    expect(JSON.stringify([failure, String(failure)])).not.toContain(password);
  });

  test('are waited for no longer than the signal says', async () => {
    const { url } = standIn;
    const stop = new AbortController();
    const host = await hosts.open({ url, credential: standIn.credential('anna') }, stop);
    standIn.server.fault = 'hang';
    const reading = host!.read(1);
    stop.abort(new Error('The activity was cancelled.'));
    const began = performance.now();
    await expect(reading).rejects.toThrow('The activity was cancelled.');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('are the only way to a protected branch, and have a page at the repository’s own origin', async () => {
    const { pull } = await proposed();
    await standIn.protect('main');
    const { username, password } = standIn.credential('anna');
    const remote = standIn.url.replace('//', `//${username}:${password}@`);
    const push = promisify(execFile)('git', ['push', remote, 'change:main'], {
      cwd: standIn.repository.directory,
      env: gitEnvironment(standIn.repository.directory),
    });
    await expect(push).rejects.toThrow(/protected branch/i);
    const page = standIn.url.replace(/\.git$/, '');
    expect(pull.url.startsWith(`${page}/`)).toBe(true);
  });
});

test('an address that the settings do not allow is not asked, and a limit may be a date', async () => {
  standIn = await startReviewHost('gitea');
  const policy = createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false });
  const careful = createDispatcher(policy);
  try {
    const repository = { url: standIn.url, credential: standIn.credential('anna') };
    await expect(
      createReviewHosts({ dispatcher: careful, known: [] }).open(repository, { signal }),
    ).rejects.toMatchObject({ code: 'address_refused' });
    expect(standIn.server.calls).toEqual([]);
    const later = new Date(Date.now() + 60_000).toUTCString();
    standIn.server.fault = { status: 429, headers: { 'retry-after': later }, body: '' };
    const wait = waitOf(await failureOf(hosts.open(repository, { signal })));
    expect(wait).toEqual(expect.closeTo(60_000, -4));
  } finally {
    await careful.close();
    await standIn.close();
  }
});

test('hosts that we do not know have no pull requests, and those that do not show the repository say so', async () => {
  standIn = await startReviewHost('gitea');
  try {
    const credential = standIn.credential('anna');
    const open = (url: string) => hosts.open({ url, credential }, { signal });
    expect(await open('ssh://git@127.0.0.1/shop/knowledge.git')).toBeNull();
    standIn.server.fault = { status: 404, body: 'no such page' };
    expect(await open(standIn.url)).toBeNull();
    standIn.server.fault = null;
    await expect(open(standIn.url.replace('shop/', 'others/'))).rejects.toMatchObject({
      code: 'repository_not_found',
    });
  } finally {
    await standIn.close();
  }
});
