import { once } from 'node:events';
import { request as ask } from 'node:http';
import { connect as connectTls } from 'node:tls';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createForwarder, type Forwarder } from '../../network/forwarder.ts';
import { createReach } from '../../network/reach.ts';
import { publicAddress, startBehindAProxy, type BehindAProxy } from '../support/network/behind-a-proxy.ts'; // prettier-ignore
import { startHostApi } from '../support/host-apis.ts';

let network: BehindAProxy;
let api: Awaited<ReturnType<typeof startHostApi>>;
let forwarder: Forwarder;
beforeAll(async () => {
  [network, api] = await Promise.all([startBehindAProxy(), startHostApi()]);
  const front = await network.addHost(api.url, 'git.example:443');
  network.proxy.routes.set(`${publicAddress}:443`, front.port);
  network.names.set('git.example', [publicAddress]);
  network.names.set('metadata.example', ['169.254.169.254']);
  network.names.set('exempt.example', [publicAddress]);
  const policy = createAddressPolicy(
    { allowPrivateNetwork: false, allowFileRepositories: false },
    network.lookup,
  );
  forwarder = createForwarder(createReach(network.settings({ noProxy: 'exempt.example' }), policy));
});
beforeEach(() => {
  network.proxy.asked.length = 0;
});
afterAll(async () => {
  await forwarder.close();
  await api.close();
  await network.close();
});

interface Said {
  status: number;
  socket: Socket;
}

/** Asks for a tunnel as git does. */
async function tunnelTo(authority: string, user = `git:${forwarder.secret}`): Promise<Said> {
  const { hostname, port } = new URL(await forwarder.url());
  const asking = ask({
    ...{ hostname, port, method: 'CONNECT', path: authority, agent: false },
    headers:
      user === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` },
  });
  asking.end();
  const [response, socket] = (await once(asking, 'connect')) as [{ statusCode: number }, Socket];
  return { status: response.statusCode, socket };
}

async function statusFor(authority: string, user?: string): Promise<number> {
  const { status, socket } = await tunnelTo(authority, user);
  socket.destroy();
  return status;
}

test('carries bytes both ways, and ends with either end', async () => {
  const { status, socket } = await tunnelTo('git.example:443');
  expect(status).toBe(200);
  expect(network.proxy.asked).toEqual([{ authority: `${publicAddress}:443`, authorized: true }]);
  const ca = network.settings().certificates.pem.join('\n');
  const tls = connectTls({ socket, servername: 'git.example', ca });
  tls.write('GET / HTTP/1.1\r\nhost: git.example\r\nconnection: close\r\n\r\n');
  let answer = '';
  tls.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  await once(tls, 'close');
  expect(answer).toContain('404 Not Found');
  expect(answer).toContain('"Not found"');
});

test.each(['', 'git:', 'git:guessed', 'x:git'])(
  'refuses whoever does not know the secret: %j',
  async (user) => {
    expect(await statusFor('git.example:443', user)).toBe(407);
    expect(network.proxy.asked).toEqual([]);
  },
);

test.each([
  ['metadata.example:443', 'address_refused'],
  ['169.254.169.254:443', 'address_refused'],
  ['10.0.0.7:443', 'address_refused'],
  ['nowhere.example:443', undefined],
])('does not connect to %s', async (authority, code) => {
  expect(await statusFor(authority)).toBe(502);
  expect(network.proxy.asked).toEqual([]);
  const problem = forwarder.problemOf(authority);
  expect(problem).not.toBeNull();
  expect((problem as { code?: string }).code).toBe(code);
});

test.each([
  // This machine and what is exempt: git goes there by itself.
  '127.0.0.1:443',
  'localhost:443',
  'exempt.example:443',
  'not an authority',
  'git.example:443/path@127.0.0.1',
])('is no way to %s', async (authority) => {
  expect(await statusFor(encodeURI(authority))).toBeGreaterThanOrEqual(400);
  expect(network.proxy.asked).toEqual([]);
});

test('does not ask even a trusted proxy for a metadata service', async () => {
  const policy = createAddressPolicy(
    { allowPrivateNetwork: true, allowFileRepositories: false },
    network.lookup,
  );
  const trusting = createReach(network.settings({ trustProxyDns: true }), policy);
  const url = new URL('https://metadata.google.internal/');
  await expect(trusting.open(url, trusting.proxyFor(url)!, 1_000)).rejects.toMatchObject({
    code: 'address_refused',
  });
  expect(network.proxy.asked).toEqual([]);
});

test('forgets a problem with the next connection', async () => {
  network.proxy.refusals.set(`${publicAddress}:443`, 503);
  expect(await statusFor('git.example:443')).toBe(502);
  expect(forwarder.problemOf('git.example:443')?.message).toContain('(503)');
  network.proxy.refusals.clear();
  expect(await statusFor('git.example:443')).toBe(200);
  expect(forwarder.problemOf('git.example:443')).toBeNull();
});

test('serves nothing but tunnels', async () => {
  const { hostname, port } = new URL(await forwarder.url());
  const plain = ask({ hostname, port, path: 'http://git.example/', agent: false });
  plain.end();
  const [response] = (await once(plain, 'response')) as [{ statusCode: number }];
  expect(response.statusCode).toBe(405);
});

test('ends its connections when it is closed', async () => {
  const { socket } = await tunnelTo('git.example:443');
  const ended = once(socket, 'close');
  socket.on('error', () => undefined);
  await forwarder.close();
  await ended;
});
