import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { GitServer } from '../../examples/git-server/git-server.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import type { Remote } from '../../git/types.ts';
import { connect } from '../../git/run/connection.ts';
import type { GitProcessError } from '../../git/run/run-git.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createGitNetwork } from '../../network/git-network.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { publicAddress, startBehindAProxy, type BehindAProxy } from '../support/network/behind-a-proxy.ts'; // prettier-ignore
import { always, commit, unbounded } from './deliveries.ts';

let network: BehindAProxy;
let server: GitServer;
let repository: GitRepository;
let front: { port: number; names: string[] };
let remote: Remote;
let directory: string;
const opened: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [network, server] = await Promise.all([startBehindAProxy(), GitServer.start()]);
  repository = await server.createRepository('mirror');
  remote = remoteAt('git.example');
  front = await network.addHost(server.url('mirror'), 'git.example:443');
  network.proxy.routes.set(`${publicAddress}:443`, front.port);
});
afterAll(async () => {
  await server.close();
  await network.close();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'git-proxy-'));
  network.names.clear();
  network.names.set('git.example', [publicAddress]);
  network.proxy.asked.length = 0;
  network.proxy.refusals.clear();
});
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
  await rm(directory, { recursive: true, force: true });
});

type More = Parameters<BehindAProxy['settings']>[0] & { open?: boolean };

/** Git as a process has it that runs behind the proxy. */
async function gitBehind(more: More = {}) {
  const policy = createAddressPolicy(
    { allowPrivateNetwork: more.open ?? false, allowFileRepositories: false },
    network.lookup,
  );
  const bundleFile = join(directory, 'certificates.pem');
  const options = { settings: network.settings(more), policy, bundleFile };
  const gitNetwork = await createGitNetwork(options);
  const ways = { policy, network: gitNetwork };
  const common = { ...ways, logger: { warn: () => undefined } };
  const git = await createGitDeliverer({ cacheDirectory: join(directory, 'cache'), ...common });
  const clones = await createGitClones({ cacheDirectory: join(directory, 'clones'), ...common });
  opened.push(
    () => git.close(),
    () => clones.close(),
    () => gitNetwork.close(),
  );
  return { git, clones, ways };
}

const remoteAt = (host: string): Remote => ({
  url: `https://${host}/mirror.git`,
  branch: 'main',
  credential: server.credential,
});
const asked = () => network.proxy.asked.map(({ authority }) => authority);

async function failureOf(work: Promise<unknown>): Promise<StreamFailure> {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StreamFailure)) throw error;
  const cause = error.cause as Partial<GitProcessError> | undefined;
  // Neither the password of the proxy nor the secret of our own one.
  const told = `${error.message} ${cause?.message} ${cause?.stderr} ${cause?.stdout}`;
  expect(told).not.toMatch(/7c1f|git:[\w-]{20}/);
  return error;
}

test('git delivers and clones through a proxy, which is asked for the judged address', async () => {
  const { git, clones } = await gitBehind();
  const [sha] = (await git.deliver(remote, always(commit({ a: '1' })), unbounded())).commits;
  expect(await repository.tip()).toBe(sha);
  const tip = await clones.withClone(remote, 'fresh', (clone) => Promise.resolve(clone.tip), unbounded()); // prettier-ignore
  expect(tip).toBe(sha);
  expect(new Set(asked())).toEqual(new Set([`${publicAddress}:443`]));
  expect(network.proxy.asked.every(({ authorized }) => authorized)).toBe(true);
  expect(new Set(front.names)).toEqual(new Set(['git.example']));
});

test('the public authorities count beside the private one', async () => {
  await gitBehind();
  const bundle = await readFile(join(directory, 'certificates.pem'), 'utf8');
  expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(50);
  expect(bundle).toContain(network.settings().certificates.pem[0]);
});

test.each([
  ['10.0.0.7', false],
  ['169.254.169.254', true],
])('a name that resolves to %s is refused', async (address, open) => {
  network.names.set('git.example', [address]);
  const { git } = await gitBehind({ open, trustProxyDns: true });
  expect((await failureOf(git.askBranch(remote, unbounded()))).code).toBe('address_refused');
  expect(asked()).toEqual([]);
});

test('a name that resolves to something else a moment later is refused on the way', async () => {
  const answers = [[publicAddress], ['169.254.169.254']];
  network.names.get = () => answers.shift();
  const { git } = await gitBehind({ trustProxyDns: true });
  const failure = await failureOf(git.askBranch(remote, unbounded()));
  Reflect.deleteProperty(network.names, 'get');
  expect(failure.code).toBe('address_refused');
  expect(failure.message).toContain('metadata service');
  expect(asked()).toEqual([]);
});

test('a name that does not resolve here is the proxy’s business only if a setting says so', async () => {
  network.names.clear();
  const { git } = await gitBehind();
  const failure = await failureOf(git.askBranch(remote, unbounded()));
  expect(failure.code).toBe('repository_unreachable');
  expect(failure.message).toContain('GITWARD_TRUST_PROXY_DNS=true');
  expect(asked()).toEqual([]);

  network.proxy.routes.set('git.example:443', front.port);
  const trusting = await gitBehind({ trustProxyDns: true });
  await trusting.git.askBranch(remote, unbounded());
  expect(new Set(asked())).toEqual(new Set(['git.example:443']));
});

test('NO_PROXY is reached directly, with the private certificate', async () => {
  network.names.set('git.example', ['127.0.0.1']);
  const { git } = await gitBehind({ noProxy: '.example', open: true });
  await git.askBranch(remoteAt(`git.example:${front.port}`), unbounded());
  expect(asked()).toEqual([]);
});

test('http: is reached directly', async () => {
  const { git, ways } = await gitBehind({ open: true });
  expect(await ways.network.passageTo(new URL('https://10.0.0.7/mirror.git'))).not.toBeNull();
  expect(await ways.network.passageTo(new URL('http://10.0.0.7/mirror.git'))).toBeNull();
  const url = server.url('mirror');
  await git.askBranch({ ...remote, url }, unbounded());
  expect(asked()).toEqual([]);
});

test('a wrong password is the proxy’s, and says so', async () => {
  const { git } = await gitBehind({ proxyUrl: network.proxy.url.replace('7c1f', 'wrong') });
  const failure = await failureOf(git.askBranch(remote, unbounded()));
  expect(failure.code).toBe('repository_unreachable');
  expect(failure.message).toBe(
    'Reading branch main of https://git.example/mirror.git failed. ' +
      `The proxy ${network.proxy.origin} refuses the user or the password in HTTPS_PROXY (407). Gitward tries again by itself.`,
  );
});

test('git gets an address on this machine with a secret, which is removed from what it prints', async () => {
  const { ways } = await gitBehind();
  const { config, secrets } = await connect(remote, ways);
  const { hostname, password } = new URL(config['http.proxy'] ?? '');
  expect(hostname).toBe('127.0.0.1');
  expect(secrets).toContain(password);
  expect(JSON.stringify(config)).not.toMatch(/7c1f|carol/);
});

test('a proxy that does not reach the host is named', async () => {
  network.proxy.refusals.set(`${publicAddress}:443`, 504);
  const { git } = await gitBehind();
  const failure = await failureOf(git.askBranch(remote, unbounded()));
  expect(failure.code).toBe('repository_unreachable');
  expect(failure.message).toContain(`The proxy ${network.proxy.origin} does not connect to`);
});

test('a certificate of an authority that nobody named says which setting names it', async () => {
  const { git } = await gitBehind({ caFile: null });
  const failure = await failureOf(git.askBranch(remote, unbounded()));
  expect(failure.code).toBe('repository_unreachable');
  expect(failure.message).toContain('GITWARD_CA_FILE');
});
