import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { GitServer } from '../../examples/git-server/git-server.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { startHostApi } from '../support/host-apis.ts';

const { signal } = new AbortController();
const server = await GitServer.start();
const repository = await server.createRepository('mirror');
const readOnly = await server.createRepository('read-only');
await readOnly.git(['config', 'http.receivepack', 'false']);
await readOnly.commit({ files: { 'a.txt': 'a' } });
const directory = await mkdtemp(join(tmpdir(), 'git-cache-'));
const deliverer = await createGitDeliverer({
  cacheDirectory: directory,
  policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
});
afterAll(async () => {
  await deliverer.close();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => {
  server.requests.length = 0;
});

function remote(name: string, { credential = server.credential, branch = 'main' } = {}) {
  return { url: server.url(name), branch, credential };
}
const ask = (...of: Parameters<typeof remote>) => deliverer.askPush(remote(...of), { signal });

describe('whether a credential may push', () => {
  test('is yes where a push would be accepted, and asking sends none', async () => {
    expect(await ask('mirror')).toEqual({ allowed: true, reason: '' });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /mirror.git/info/refs?service=git-receive-pack',
    ]);
    expect((await repository.git(['for-each-ref'])).toString()).toBe('');
  });

  test('is yes for a repository with commits, whose branch stays as it is', async () => {
    const sha = await repository.commit({ files: { 'a.txt': 'a' } });
    expect(await ask('mirror')).toMatchObject({ allowed: true });
    expect(await ask('mirror', { branch: 'another' })).toMatchObject({ allowed: true });
    expect((await repository.git(['for-each-ref', '--format=%(objectname)'])).toString()).toBe(
      `${sha}\n`,
    );
  });

  test('is no where it may only read, and the reason says what to do', async () => {
    expect(await deliverer.askBranch(remote('read-only'), { signal })).toMatchObject({
      sha: await readOnly.tip(),
    });
    const { allowed, reason } = await ask('read-only');
    expect(allowed).toBe(false);
    expect(reason).toContain(server.url('read-only'));
    expect(reason).toContain('Store one that may read and write');
  });

  test('is no without a credential, or with a wrong one, which the reason does not name', async () => {
    expect(
      await deliverer.askPush({ ...remote('mirror'), credential: null }, { signal }),
    ).toMatchObject({
      allowed: false,
    });
    const wrong = { username: 'gitward', password: 'a-wrong-secret' };
    const answer = await ask('mirror', { credential: wrong });
    expect(answer.allowed).toBe(false);
    expect(answer.reason).not.toContain('a-wrong-secret');
  });

  test.each([500, 429])('is not known if the host answers %i', async (status) => {
    server.answerWith = status;
    const { allowed, reason } = await ask('mirror');
    server.answerWith = null;
    expect(allowed).toBeNull();
    expect(reason).toContain(server.url('mirror'));
  });

  test('is not known of a page that answers everything', async () => {
    const page = await startHostApi();
    page.answers['/shop/mirror.git/info/refs?service=git-receive-pack'] = [200, ''];
    const url = `${page.url}/shop/mirror.git`;
    const answer = await deliverer.askPush({ url, branch: 'main', credential: null }, { signal });
    await page.close();
    expect(answer).toMatchObject({ allowed: null });
  });

  test('is not tried on the file system', async () => {
    const url = `file://${repository.directory}`;
    const answer = await deliverer.askPush({ url, branch: 'main', credential: null }, { signal });
    expect(answer).toMatchObject({ allowed: null });
  });

  test('ends when nobody waits for it', async () => {
    server.hang = 'everything';
    const late = { signal: AbortSignal.timeout(300) };
    await expect(deliverer.askPush(remote('mirror'), late)).rejects.toThrow(/timeout/);
    server.hang = null;
  });
});

describe('a branch that is asked for', () => {
  test('has a commit, or does not exist, or is in a repository without any branch', async () => {
    await server.createRepository('empty');
    const of = (name: string, branch = 'main') =>
      deliverer.askBranch(remote(name, { branch }), { signal });
    expect(await of('read-only')).toEqual({ sha: await readOnly.tip(), repositoryEmpty: false });
    expect(await of('read-only', 'other')).toEqual({ sha: null, repositoryEmpty: false });
    expect(await of('empty')).toEqual({ sha: null, repositoryEmpty: true });
  });

  test('tells where several branches are, and nothing of those that there are not', async () => {
    const repository = await server.createRepository('several');
    const main = await repository.commit({ files: { 'a.txt': 'a' } });
    const next = await repository.commit({ branch: 'next', files: { 'b.txt': 'b' } });
    // A pattern of git also matches names that end with it.
    await repository.commit({ branch: 'other/gone', files: { 'c.txt': 'c' } });
    const tips = await deliverer.askBranches(remote('several'), ['main', 'next', 'gone'], {
      signal,
    });
    expect([...tips]).toEqual([
      ['main', main],
      ['next', next],
    ]);
  });
});
