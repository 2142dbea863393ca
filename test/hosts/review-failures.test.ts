import { describe, expect, test } from 'vitest';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type { ReviewHostKind } from '../../hosts/reviews/types.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { change, merge, reviewBench } from './review-bench.ts';

const { signal } = new AbortController();

/** How it fails if the host promises something else than what was answered. */
const otherwise = {
  code: 'repository_error',
  message: expect.stringContaining('answered something else than it promises') as string,
};

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

describe.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])('pull requests at %s', (kind) => {
  const bench = reviewBench(kind);

  test('are approved by nobody who may only read', async () => {
    const { pull, sha } = await bench.proposed();
    const reader = await bench.as('reader');
    expect(await reader.approve(pull.number, { sha, comment: '' })).toBe('not_allowed');
    expect(await reader.merge(pull.number, merge(sha))).toMatchObject({ kind: 'refused' });
    await expect(reader.comment(pull.number, 'Hello')).rejects.toMatchObject({
      code: 'credential_refused',
      wider: null,
    });
  });

  test('cannot be asked for with a token that the host does not take', async () => {
    const { host, pull } = await bench.proposed();
    const stranger = { username: 'gitward', password: 'token-that-ended' };
    await expect(
      bench.hosts.open({ url: bench.standIn.url, credential: stranger }, { signal }),
    ).rejects.toMatchObject({ code: 'credential_refused', wider: { of: 'credential' } });
    expect((await host.read(pull.number))?.number).toBe(pull.number);
  });

  test('are no answer while the host is away', async () => {
    const { host, pull, sha } = await bench.proposed();
    const asked = [
      () => host.read(pull.number),
      () => host.find('change', 'main'),
      () => host.create(change),
      () => host.merge(pull.number, merge(sha)),
      () => host.approve(pull.number, { sha, comment: '' }),
      () => bench.as('anna'),
    ];
    bench.standIn.server.fault = { status: 503, body: '<html>Back soon</html>' };
    for (const ask of asked)
      await expect(ask()).rejects.toMatchObject({ code: 'repository_unreachable', wider: null });
    bench.standIn.server.fault = null;
    await bench.standIn.server.goAway();
    for (const ask of asked)
      await expect(ask()).rejects.toMatchObject({ code: 'repository_unreachable' });
    await bench.standIn.server.comeBack();
    expect((await host.read(pull.number))?.state).toBe('open');
  });

  test('are not asked for again by themselves when the host limits it', async () => {
    const { host, pull } = await bench.proposed();
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
      bench.standIn.server.fault = { status, headers, body: JSON.stringify({ message: said }) };
      bench.standIn.server.calls.length = 0;
      const failure = await failureOf(host.read(pull.number));
      expect(failure).toMatchObject({ code: 'repository_unreachable', words: said });
      expect(waitOf(failure)).toEqual(said === 'Slow down' ? expect.closeTo(7_000, -3.5) : null);
      expect(bench.standIn.server.calls).toHaveLength(1);
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
      { status: 301, headers: { location: '/api/v4/projects/9' }, body: '' },
      { code: 'repository_not_found' },
    ],
    [
      'a way to sign in',
      { status: 302, headers: { location: 'http://127.0.0.1:1/users/sign_in' }, body: '' },
      { code: 'repository_error' },
    ],
  ])('are not made of %s', async (_what, fault, failure) => {
    const { host, pull } = await bench.proposed();
    bench.standIn.server.fault = fault;
    for (const ask of [
      () => host.read(pull.number),
      () => host.find('change', 'main'),
      () => host.create(change),
    ])
      await expect(ask()).rejects.toMatchObject(failure);
  });

  test('of an archived repository say so', async () => {
    const { host, pull } = await bench.proposed();
    for (const fault of [
      { status: 403, body: '{"message":"Repository was archived so is read-only."}' },
      { status: 423, body: '{"message":"Locked"}' },
    ]) {
      bench.standIn.server.fault = fault;
      await expect(host.comment(pull.number, 'Hello')).rejects.toMatchObject({
        code: 'repository_archived',
      });
    }
  });

  test('have titles of one line that hosts take, and texts in which nothing is a command', async () => {
    const { host, pull } = await bench.proposed();
    const title = `A change\n/merge ${'x'.repeat(400)}`;
    const description = 'See:\n/approve\n \t/merge\r/close\n\nhttps://example.com/a';
    await host.update(pull.number, { title, description });
    await host.update(pull.number, {});
    await host.comment(pull.number, description);
    const stored = (await bench.standIn.pulls.find(pull.number))!;
    expect(stored.title.startsWith('A change /merge x')).toBe(true);
    expect(stored.title).toHaveLength(250);
    const kept =
      kind === 'gitlab'
        ? 'See:\n\\/approve\n \t\\/merge\r\\/close\n\nhttps://example.com/a'
        : description;
    expect([stored.description, stored.comments[0]?.text]).toEqual([kept, kept]);
  });

  test('tell no secret, whatever the host repeats', async () => {
    const { host, pull } = await bench.proposed();
    const { password } = bench.standIn.credential('anna');
    const body = JSON.stringify({ message: `No\u202e ${password}\n!`, errors: [{ password }] });
    bench.standIn.server.fault = { status: 400, body };
    const failure = await failureOf(host.comment(pull.number, 'Hello'));
    expect(failure).toMatchObject({ code: 'repository_error' });
    expect(String(failure)).toContain('No … !');
    expect(JSON.stringify([failure, String(failure)])).not.toContain(password);
  });

  test('are waited for no longer than the signal says', async () => {
    const { url } = bench.standIn;
    const stop = new AbortController();
    const host = await bench.hosts.open(
      { url, credential: bench.standIn.credential('anna') },
      stop,
    );
    bench.standIn.server.fault = 'hang';
    const reading = host!.read(1);
    stop.abort(new Error('The activity was cancelled.'));
    const began = performance.now();
    await expect(reading).rejects.toThrow('The activity was cancelled.');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('addresses', () => {
  const bench = reviewBench('gitea');

  test('an address that the settings do not allow is not asked, and a limit may be a date', async () => {
    const policy = createAddressPolicy({
      allowPrivateNetwork: false,
      allowFileRepositories: false,
    });
    const careful = createDispatcher(policy);
    try {
      const repository = { url: bench.standIn.url, credential: bench.standIn.credential('anna') };
      await expect(
        createReviewHosts({ dispatcher: careful, known: [] }).open(repository, { signal }),
      ).rejects.toMatchObject({ code: 'address_refused' });
      expect(bench.standIn.server.calls).toEqual([]);
      const later = new Date(Date.now() + 60_000).toUTCString();
      bench.standIn.server.fault = { status: 429, headers: { 'retry-after': later }, body: '' };
      const wait = waitOf(await failureOf(bench.hosts.open(repository, { signal })));
      expect(wait).toEqual(expect.closeTo(60_000, -4));
    } finally {
      await careful.close();
    }
  });

  test('hosts that we do not know have no pull requests, and those that do not show the repository say so', async () => {
    const credential = bench.standIn.credential('anna');
    const open = (url: string) => bench.hosts.open({ url, credential }, { signal });
    expect(await open('ssh://git@127.0.0.1/shop/knowledge.git')).toBeNull();
    bench.standIn.server.fault = { status: 404, body: 'no such page' };
    expect(await open(bench.standIn.url)).toBeNull();
    bench.standIn.server.fault = { status: 302, headers: { location: '/login' }, body: '' };
    expect(await open(bench.standIn.url)).toBeNull();
    bench.standIn.server.fault = { status: 200, body: 'x'.repeat(5_000_000) };
    expect(await open(bench.standIn.url)).toBeNull();
    bench.standIn.server.fault = {
      status: 301,
      headers: { location: '/api/v1/repos/a/b' },
      body: '',
    };
    await expect(open(bench.standIn.url)).rejects.toMatchObject({ code: 'repository_not_found' });
    bench.standIn.server.fault = null;
    await expect(open(bench.standIn.url.replace('shop/', 'others/'))).rejects.toMatchObject({
      code: 'repository_not_found',
    });
  });
});
