import { expect, test } from 'vitest';
import { parseNoProxy } from '../../network/no-proxy.ts';
import { isDirect, parseProxy } from '../../network/proxies.ts';

test.each<[string, string, number, boolean]>([
  ['', 'git.corp', 443, false],
  ['*', 'git.corp', 443, true],
  ['git.corp', 'git.corp', 443, true],
  ['GIT.Corp.', 'git.corp', 443, true],
  ['corp', 'git.corp', 443, true],
  ['.corp', 'git.corp', 443, true],
  ['*.corp', 'git.corp', 443, true],
  ['.corp', 'corp', 443, true],
  ['corp', 'gitcorp', 443, false],
  ['git.corp', 'corp', 443, false],
  ['a, git.corp', 'git.corp', 443, true],
  ['a git.corp', 'git.corp', 443, true],
  ['git.corp:8443', 'git.corp', 8443, true],
  ['git.corp:8443', 'git.corp', 443, false],
  ['10.1.2.3', '10.1.2.3', 443, true],
  ['10.1.2.3:8443', '10.1.2.3', 443, false],
  ['10.1.2.3', '10.1.2.33', 443, false],
  ['10.0.0.0/8', '10.1.2.3', 443, true],
  ['10.0.0.0/8', '11.1.2.3', 443, false],
  ['10.0.0.0/8', '10.corp', 443, false],
  ['fd00::/8', 'fd12::1', 443, true],
  ['fd00::/8', '10.1.2.3', 443, false],
  ['FD12:0::1', 'fd12::1', 443, true],
  ['[fd12::1]:8443', 'fd12::1', 8443, true],
  ['[fd12::1]:8443', 'fd12::1', 443, false],
  ['nonsense:port, /, ., :', 'git.corp', 443, false],
])('NO_PROXY=%j for %s:%i: %s', (list, host, port, wanted) => {
  expect(parseNoProxy(list)(host, port)).toBe(wanted);
});

test.each(['localhost', 'a.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '::1', 'LOCALHOST.'])(
  'this machine is always reached directly: %s',
  (host) => {
    const proxies = { https: null, http: null, isExempt: () => false };
    expect(isDirect(proxies, host, 443)).toBe(true);
  },
);

test.each<[string, string | null, string | null]>([
  ['http://proxy.corp:3128', 'http://proxy.corp:3128', null],
  ['proxy.corp:3128', 'http://proxy.corp:3128', null],
  ['https://proxy.corp/', 'https://proxy.corp', null],
  ['http://carol:a%3Ab@proxy.corp:3128', 'http://proxy.corp:3128', 'carol:a:b'],
  ['http://carol@[fd12::1]:3128', 'http://[fd12::1]:3128', 'carol:'],
  ['socks5://proxy.corp:1080', null, null],
  ['http://proxy.corp/path', null, null],
  ['http://carol:%zz@proxy.corp', null, null],
  ['http://', null, null],
])('the proxy %j is %s, asked as %s', (text, origin, user) => {
  const proxy = parseProxy(text, 'HTTPS_PROXY');
  expect(proxy?.origin ?? null).toBe(origin);
  const basic = user === null ? null : `Basic ${Buffer.from(user).toString('base64')}`;
  expect(proxy?.authorization ?? null).toBe(basic);
});
