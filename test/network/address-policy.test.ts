import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetch } from 'undici';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';

const strict = createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false });
const open = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const refused = expect.objectContaining({ code: 'address_refused' });

describe('a repository address', () => {
  test.each([
    ['https://github.com/o/r.git', 'https://github.com/o/r.git'],
    ['HTTPS://GitHub.com:443/o/../o/r', 'https://github.com/o/r'],
    ['https://bücher.example/r', 'https://xn--bcher-kva.example/r'],
    ['https://8.8.8.8/r', 'https://8.8.8.8/r'],
  ])('%s is accepted', (url, normalised) => {
    expect(strict.checkRepositoryUrl(url)).toBe(normalised);
  });

  test.each([
    'http://github.com/o/r',
    'file:///srv/r.git',
    'git://github.com/o/r',
    'ssh://git@github.com/o/r',
    'git@github.com:o/r.git',
    'ext::sh -c whoami',
    '-uhttps://github.com/o/r',
    '--upload-pack=x',
    'https://user@github.com/o/r',
    'https://user:pass@github.com/o/r',
    'https://github.com/o/r?x=1',
    'https://github.com/o/r?',
    'https://github.com/o/r#x',
    'https://github.com/o\\r',
    'https://github.com/o r',
    'https://github.com/o\nr',
    'https://github.com/',
    'https://localhost/r',
    'https://LOCALHOST./r',
    'https://a.localhost/r',
    'https://127.0.0.1/r',
    'https://2130706433/r',
    'https://0x7f.1/r',
    'https://[::1]/r',
    'https://[::ffff:8.8.8.8]/r',
    'https://10.0.0.1/r',
    'https://169.254.169.254/r',
    'nonsense',
    '',
  ])('%j is refused', (url) => {
    expect(() => strict.checkRepositoryUrl(url)).toThrow(refused);
  });

  test('is refused with a message that names the setting that would allow it', () => {
    expect(() => strict.checkRepositoryUrl('https://10.0.0.1/r')).toThrow(
      'GITWARD_ALLOW_PRIVATE_NETWORK',
    );
    expect(() => strict.checkRepositoryUrl('http://example.com/r')).toThrow(
      'GITWARD_ALLOW_PRIVATE_NETWORK',
    );
    expect(() => strict.checkRepositoryUrl('file:///r')).toThrow('GITWARD_ALLOW_FILE_REPOSITORIES');
    expect(() => strict.checkRepositoryUrl('git@host:r')).toThrow('not supported yet');
  });

  test.each(['http://localhost:3000/r', 'http://192.168.1.4/r', 'file:///srv/my%20repo.git'])(
    '%s is accepted if the settings allow it',
    (url) => {
      expect(open.checkRepositoryUrl(url)).toBe(url);
    },
  );

  test.each([
    'file://host/r',
    'file:///',
    'https://169.254.169.254/r',
    'https://224.0.0.1/r',
    'https://0.0.0.0/r',
  ])('%s is refused, whatever the settings are', (url) => {
    expect(() => open.checkRepositoryUrl(url)).toThrow(refused);
  });
});

describe('a web address', () => {
  test('may have a query, and its path does not appear in any error', () => {
    expect(strict.checkHttpUrl('https://hooks.example.com/a?b=c')).toBe(
      'https://hooks.example.com/a?b=c',
    );
    for (const url of [
      'http://hooks.example.com/s3cret',
      'https://10.1.1.1/s3cret',
      'https://x/s3cret#f',
    ])
      expect(() => strict.checkHttpUrl(url)).toThrow(/^(?!.*s3cret)/);
  });
});

describe('the address of a host name', () => {
  test.each([
    '127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.1.1', '100.64.0.1', '0.0.0.0',
    '255.255.255.255', '224.0.0.1', '240.0.0.1', '192.0.2.1', '198.18.0.1', '168.63.129.16',
    '::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8',
    '64:ff9b::a00:1', '64:ff9b:1::1', '2002:a00:1::', '2001::1', '2001:db8::1', '100::1', 'fec0::1', '4000::1',
  ])('%s is refused', async (address) => {
    const policy = createAddressPolicy(
      { allowPrivateNetwork: false, allowFileRepositories: false },
      () => Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]),
    );
    await expect(policy.resolve('name.example')).rejects.toThrow(refused);
  }); // prettier-ignore

  test.each(['8.8.8.8', '2606:4700::1111'])('%s is accepted', async (address) => {
    expect(await strict.resolve(address)).toEqual([
      { address, family: address.includes(':') ? 6 : 4 },
    ]);
  });

  test('is left out if it is refused, and the others remain', async () => {
    const policy = createAddressPolicy(
      { allowPrivateNetwork: false, allowFileRepositories: false },
      () =>
        Promise.resolve([
          { address: '10.0.0.1', family: 4 },
          { address: '8.8.8.8', family: 4 },
        ]),
    );
    expect(await policy.resolve('name.example')).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });
});

describe('the dispatcher', () => {
  let server: Server;
  let port: number;
  let asked = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      response.end('hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('connects if the policy allows it', async () => {
    const dispatcher = createDispatcher(open);
    for (const host of ['127.0.0.1', 'localhost']) {
      const response = await fetch(`http://${host}:${port}/`, { dispatcher });
      expect(await response.text()).toBe('hello');
    }
    await dispatcher.close();
  });

  test('refuses literal addresses, and names that resolve to a private address on the second lookup', async () => {
    let answers = ['8.8.8.8', '127.0.0.1'];
    const rebinding = createAddressPolicy(
      { allowPrivateNetwork: false, allowFileRepositories: false },
      () => {
        const [address = '127.0.0.1'] = answers;
        answers = answers.slice(1);
        return Promise.resolve([{ address, family: 4 }]);
      },
    );
    await rebinding.resolve('rebinding.example');
    const dispatcher = createDispatcher(rebinding);
    const before = asked;
    for (const url of [
      `https://rebinding.example:${port}/`,
      `http://127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
    ])
      await expect(fetch(url, { dispatcher })).rejects.toMatchObject({ cause: refused });
    expect(asked).toBe(before);
    await dispatcher.close();
  });
});
