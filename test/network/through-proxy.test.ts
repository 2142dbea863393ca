import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { request, type Dispatcher } from 'undici';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher, type DispatcherOptions } from '../../network/dispatcher.ts';
import { publicAddress, startBehindAProxy, type BehindAProxy } from '../support/network/behind-a-proxy.ts'; // prettier-ignore
import { startConnectProxy } from '../support/network/connect-proxy.ts';
import { startHostApi } from '../support/host-apis.ts';

let network: BehindAProxy;
let api: Awaited<ReturnType<typeof startHostApi>>;
let dispatcher: Dispatcher;
beforeAll(async () => {
  [network, api] = await Promise.all([startBehindAProxy(), startHostApi()]);
  const front = await network.addHost(api.url, 'api.example:443', `${publicAddress}:443`);
  network.proxy.routes.set('api.example:8443', front.port);
  network.proxy.routes.set('[2606:4700::1111]:443', front.port);
  api.answers['/hello'] = [200, { hello: true }];
});
afterAll(async () => {
  await api.close();
  await network.close();
});
beforeEach(() => {
  network.names.clear();
  network.names.set('api.example', [publicAddress]);
  network.proxy.asked.length = 0;
  network.proxy.refusals.clear();
  network.proxy.isSilent = false;
  api.calls.length = 0;
});
afterEach(() => dispatcher.close());

type More = Parameters<BehindAProxy['settings']>[0] & { open?: boolean };

function get(url: string, more: More = {}, options: DispatcherOptions = {}): Promise<number> {
  const policy = createAddressPolicy(
    { allowPrivateNetwork: more.open ?? false, allowFileRepositories: false },
    network.lookup,
  );
  dispatcher = createDispatcher(policy, { network: network.settings(more), ...options });
  return getWith(url);
}

async function getWith(url: string): Promise<number> {
  const { statusCode, body } = await request(url, { dispatcher });
  await body.dump();
  return statusCode;
}

const asked = () => network.proxy.asked.map(({ authority }) => authority);

describe('through a proxy, a client', () => {
  test('asks for the address that was judged, and the host sees and proves its name', async () => {
    const front = await network.addHost(api.url, 'named.example:443');
    network.names.set('named.example', [publicAddress]);
    network.proxy.routes.set(`${publicAddress}:9443`, front.port);
    expect(await get('https://named.example:9443/hello')).toBe(200);
    expect(network.proxy.asked).toEqual([{ authority: `${publicAddress}:9443`, authorized: true }]);
    expect(front.names).toEqual(['named.example']);
    expect(api.calls).toHaveLength(1);
  });

  test('tries other addresses of the host, those of IPv4 first', async () => {
    network.names.set('api.example', ['2606:4700::1111', '8.8.4.4']);
    expect(await get('https://api.example/hello')).toBe(200);
    expect(asked()).toEqual(['8.8.4.4:443', '[2606:4700::1111]:443']);
  });

  test.each(['10.0.0.7', '169.254.169.254', '127.0.0.1'])(
    'is refused if the name resolves to %s',
    async (address) => {
      network.names.set('api.example', [address]);
      await expect(get('https://api.example/hello', { trustProxyDns: true })).rejects.toMatchObject(
        { code: 'address_refused' },
      );
      expect(asked()).toEqual([]);
    },
  );

  test.each([
    'https://10.0.0.7/',
    'https://169.254.169.254/',
    'https://metadata.google.internal/',
    'http://api.example/hello',
  ])('is refused at %s', async (url) => {
    await expect(get(url, { trustProxyDns: true })).rejects.toMatchObject({
      code: 'address_refused',
    });
    expect(asked()).toEqual([]);
  });

  test('is refused at the metadata service even where private networks are allowed', async () => {
    network.names.set('api.example', ['169.254.169.254']);
    for (const url of ['https://api.example/', 'https://metadata.google.internal/'])
      await expect(get(url, { open: true, trustProxyDns: true })).rejects.toMatchObject({
        code: 'address_refused',
      });
    expect(asked()).toEqual([]);
  });

  test('does not ask for a name that does not resolve here, unless the proxy is trusted with it', async () => {
    network.names.clear();
    await expect(get('https://api.example/hello')).rejects.toThrow(
      'The name api.example cannot be resolved here. If only the proxy can resolve it, GITWARD_TRUST_PROXY_DNS=true lets it.',
    );
    expect(asked()).toEqual([]);
    expect(await get('https://api.example/hello', { trustProxyDns: true })).toBe(200);
    expect(asked()).toEqual(['api.example:443']);
  });

  test('asks a trusted proxy that lets no addresses through for the name', async () => {
    network.proxy.refusals.set(`${publicAddress}:443`, 403);
    await expect(get('https://api.example/hello')).rejects.toThrow(
      `The proxy ${network.proxy.origin} does not connect to ${publicAddress}:443 (403). If it lets only names through, GITWARD_TRUST_PROXY_DNS=true`,
    );
    expect(await get('https://api.example/hello', { trustProxyDns: true })).toBe(200);
    expect(asked()).toEqual([`${publicAddress}:443`, `${publicAddress}:443`, 'api.example:443']);
  });

  test('reaches http: addresses by a tunnel, too', async () => {
    network.proxy.routes.set('10.0.0.7:80', Number(new URL(api.url).port));
    expect(await get('http://10.0.0.7/hello', { open: true })).toBe(200);
    expect(asked()).toEqual(['10.0.0.7:80']);
  });

  test('may be reached over TLS itself', async () => {
    const certificate = await network.authority.certificateFor('127.0.0.1', 'localhost');
    const proxy = await startConnectProxy(certificate);
    proxy.routes = network.proxy.routes;
    network.names.clear();
    const byName = proxy.url.replace('127.0.0.1', 'localhost');
    expect(await get('https://api.example/hello', { proxyUrl: byName, trustProxyDns: true })).toBe(
      200,
    );
    expect(proxy.asked.splice(0)).toEqual([{ authority: 'api.example:443', authorized: true }]);
    network.names.set('api.example', [publicAddress]);
    expect(await get('https://api.example/hello', { proxyUrl: proxy.url })).toBe(200);
    expect(proxy.asked).toEqual([{ authority: `${publicAddress}:443`, authorized: true }]);
    await expect(
      get('https://api.example/hello', { proxyUrl: proxy.url, caFile: null }),
    ).rejects.toThrow(/The certificate of the proxy https:\/\/127.0.0.1:\d+ .* GITWARD_CA_FILE/);
    await proxy.close();
  });
});

describe('without the proxy, a client', () => {
  test.each(['localhost', '127.0.0.1'])('reaches %s', async (host) => {
    network.names.set('localhost', ['127.0.0.1']);
    const url = `http://${host}:${new URL(api.url).port}/hello`;
    expect(await get(url, { open: true })).toBe(200);
    expect(asked()).toEqual([]);
  });

  test.each(['here.example', '.example', '127.0.0.0/8'])(
    'reaches what NO_PROXY=%s leaves out, by the same rules',
    async (noProxy) => {
      const front = await network.addHost(api.url, 'here.example:443');
      network.names.set('here.example', ['127.0.0.1']);
      const url = `https://here.example:${front.port}/hello`;
      expect(await get(url, { noProxy, open: true })).toBe(200);
      await expect(get(url, { noProxy })).rejects.toMatchObject({ code: 'address_refused' });
      expect(asked()).toEqual([]);
    },
  );

  test('does not take a name that does not resolve for one of this machine', async () => {
    await expect(get('https://nowhere.example/', { noProxy: '*' })).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});

describe('what fails says why, without the password:', () => {
  async function reasonOf(asking: Promise<unknown>): Promise<string> {
    const error: unknown = await asking.then(
      () => new Error('It did not fail.'),
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: expect.stringMatching(/^Unreachable$/) as string });
    const { message } = error as Error;
    expect(JSON.stringify(error) + message).not.toMatch(/7c1f/);
    return message;
  }

  test('a wrong password', async () => {
    const wrong = network.proxy.url.replace('7c1f', 'x7c1f');
    network.names.set('api.example', [publicAddress, '8.8.4.4']);
    expect(await reasonOf(get('https://api.example/hello', { proxyUrl: wrong }))).toBe(
      `The proxy ${network.proxy.origin} refuses the user or the password in HTTPS_PROXY (407).`,
    );
    expect(asked()).toHaveLength(1);
  });

  test('no password', async () => {
    const { origin } = network.proxy;
    expect(await reasonOf(get('https://api.example/hello', { proxyUrl: origin }))).toBe(
      `The proxy ${origin} asks for a user and a password (407): put them into HTTPS_PROXY.`,
    );
  });

  test('a proxy that is not there', async () => {
    const gone = await startConnectProxy();
    await gone.close();
    expect(await reasonOf(get('https://api.example/hello', { proxyUrl: gone.url }))).toBe(
      `The proxy ${gone.origin} cannot be reached (ECONNREFUSED).`,
    );
  });

  test('a proxy that says nothing', async () => {
    network.proxy.isSilent = true;
    const asking = get('https://api.example/hello', {}, { connectTimeout: 200 });
    expect(await reasonOf(asking)).toBe(
      `The proxy ${network.proxy.origin} did not answer in time.`,
    );
  });

  test('a proxy that does not reach the host', async () => {
    network.names.set('api.example', ['8.8.4.4']);
    expect(await reasonOf(get('https://api.example/hello'))).toBe(
      `The proxy ${network.proxy.origin} does not connect to 8.8.4.4:443 (502).`,
    );
  });

  test('a certificate of an authority that was not named', async () => {
    expect(await reasonOf(get('https://api.example/hello', { caFile: null }))).toMatch(
      /^The certificate of api\.example is not from an authority that is known here \(\w+\)\. .* GITWARD_CA_FILE\.$/,
    );
    expect(api.calls).toEqual([]);
  });

  test('a certificate of another name', async () => {
    network.names.set('other.example', [publicAddress]);
    expect(await reasonOf(get('https://other.example/hello'))).toBe(
      'The certificate of other.example is not valid (ERR_TLS_CERT_ALTNAME_INVALID). Check it there.',
    );
  });
});

test('an operator’s own client asks the proxy for names, and goes anywhere', async () => {
  dispatcher = createDispatcher(null, { network: network.settings() });
  expect(await getWith('https://api.example/hello')).toBe(200);
  expect(asked()).toEqual(['api.example:443']);
});
