import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGitDeliverer, type ClosableGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { startHostApi } from '../support/host-apis.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';

const { signal } = new AbortController();
let server: GitServer;
let directory: string;
let deliverer: ClosableGitDeliverer;

beforeAll(async () => {
  server = await GitServer.start();
  await server.createRepository('mirror');
  directory = await mkdtemp(join(tmpdir(), 'git-cache-'));
  deliverer = await createGitDeliverer({
    cacheDirectory: directory,
    policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
  });
});
afterAll(async () => {
  await deliverer.close();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

const ask = (url = server.url('mirror')) => deliverer.askAnonymously(url, { signal });

test('a repository that requires a credential refuses a request that sends none', async () => {
  server.requests.length = 0;
  expect(await ask()).toEqual({ outcome: 'refused', problem: '' });
  expect(server.requests.length).toBeGreaterThan(0);
  expect(server.requests.every(({ authorized }) => !authorized)).toBe(true);
});

test('a repository that requires no credential is readable, even if it is empty', async () => {
  const { credential } = server;
  server.credential = null;
  expect(await ask()).toEqual({ outcome: 'readable', problem: '' });
  server.credential = credential;
});

test.each([404, 500, 301, 429])('a host that answers %i leaves it unknown', async (status) => {
  server.answerWith = status;
  const { outcome, problem } = await ask();
  server.answerWith = null;
  expect(outcome).toBe('unknown');
  expect(problem).toContain(server.url('mirror'));
});

test('a login page does not count as a repository', async () => {
  const page = await startHostApi();
  page.answers['/shop/mirror.git/info/refs?service=git-upload-pack'] = [
    200,
    '<html>Sign in</html>',
  ];
  expect(await ask(`${page.url}/shop/mirror.git`)).toMatchObject({ outcome: 'unknown' });
  await page.close();
});

test('an unreachable server leaves it unknown', async () => {
  await server.goAway();
  expect(await ask()).toMatchObject({ outcome: 'unknown' });
  await server.comeBack();
});

test('a repository on the file system is local', async () => {
  expect(await ask(`file://${directory}`)).toEqual({ outcome: 'local', problem: '' });
});

test('an address that is not allowed is not contacted', async () => {
  expect(await ask('ftp://example.com/mirror.git')).toMatchObject({ outcome: 'unknown' });
});
