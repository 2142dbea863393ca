import { afterAll, expect, test } from 'vitest';
import { checkRepository } from '../../../activities/streams/check-repository.ts';
import type { HostAnswer } from '../../../model/streams/visibility.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { server, git } = under;
const { signal } = new AbortController();
const open = await server.createRepository('open');
const readOnly = await server.createRepository('read-only');
await readOnly.git(['config', 'http.receivepack', 'false']);
const sha = await open.commit({ files: { 'a.txt': 'a' } });

const says: HostAnswer = {
  ...{ host: 'GitHub', visibility: 'private', openToSignUp: false },
  ...{ pushAllowed: null, branchProtected: null, problem: '' },
};

function check(name: string, host: Partial<HostAnswer> | null = null, branch = 'main') {
  const hosts = { ask: () => Promise.resolve(host && { ...says, ...host }) };
  const remote = { url: server.url(name), branch, credential: server.credential };
  return checkRepository({ git, hosts }, remote, { signal });
}

afterAll(() => expect(open.tip()).resolves.toBe(sha));

test('a repository whose host has no API says by itself whether it can be written', async () => {
  expect(await check('open')).toEqual({
    ...{ reachable: true, failure: null, empty: false, tip: sha },
    ...{ pushAllowed: true, pushReason: '', branchProtected: null },
    visibility: 'private',
    visibilityReason: 'It cannot be read without a credential.',
  });
  const refused = await check('read-only');
  expect(refused).toMatchObject({ reachable: true, empty: true, pushAllowed: false });
  expect(refused.pushReason).toContain('The credential is missing, expired or not allowed');
});

test.each<[string, Partial<HostAnswer>, boolean]>([
  ['both agree', { pushAllowed: true }, true],
  [
    'the host knows that the branch is protected',
    { pushAllowed: false, branchProtected: true },
    false,
  ],
  ['the host does not say', {}, true],
])('the API and the repository are both asked: %s', async (_, host, pushAllowed) => {
  const findings = await check('open', host);
  expect(findings).toMatchObject({ pushAllowed, branchProtected: host.branchProtected ?? null });
  expect(findings.pushReason === '').toBe(pushAllowed);
});

test('a host that would let the account push does not make a read-only token one that may', async () => {
  expect(await check('read-only', { pushAllowed: true })).toMatchObject({ pushAllowed: false });
});

test('a repository that is not there is not asked whether it can be written', async () => {
  server.requests.length = 0;
  expect(await check('missing')).toMatchObject({
    ...{ reachable: false, empty: null, tip: null, pushAllowed: null },
    failure: { code: 'repository_not_found' },
  });
  expect(server.requests.filter(({ path }) => path.includes('receive-pack'))).toEqual([]);
});

test('a branch that does not exist yet is no failure', async () => {
  expect(await check('open', null, 'new')).toMatchObject({
    ...{ reachable: true, empty: false, tip: null, pushAllowed: true },
  });
});
