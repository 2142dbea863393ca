import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { GitServer } from '../../examples/git-server/git-server.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { always, commit, newDeliverer, unbounded } from './deliveries.ts';

const elsewhere = await GitServer.start();
await elsewhere.createRepository('mirror');
const directory = await mkdtemp(join(tmpdir(), 'git-redirects-'));
const deliverer = await newDeliverer(directory);
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
const clones = await createGitClones({
  ...{ cacheDirectory: directory, policy },
  logger: { warn: () => undefined },
});
const { signal } = new AbortController();

/** Sends everybody to the other origin. */
const redirecting: Server = createServer((request, response) => {
  const to = new URL(request.url ?? '/', elsewhere.url('mirror')).href;
  response.writeHead(302, { location: to }).end();
});
redirecting.listen(0, '127.0.0.1');
await once(redirecting, 'listening');
const remote = {
  url: `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}/mirror.git`,
  branch: 'main',
  credential: elsewhere.credential,
};

afterAll(async () => {
  await deliverer.close();
  await clones.close();
  await elsewhere.close();
  redirecting.close();
  await rm(directory, { recursive: true, force: true });
});

test.each<[string, () => Promise<unknown>]>([
  ['a delivery', () => deliverer.deliver(remote, always(commit({ a: '1' })), unbounded())],
  ['a look at the tip', () => deliverer.withTip(remote, () => Promise.resolve(), { signal })],
  ['a question for the tip', () => clones.askTip(remote, { signal })],
  ['a clone', () => clones.withClone(remote, 'fresh', () => Promise.resolve(), { signal })],
])('%s does not follow a redirect to another origin', async (_what, work) => {
  await expect(work()).rejects.toMatchObject({ code: 'repository_not_found' });
  expect(elsewhere.requests).toEqual([]);
});
