import { expect, test } from 'vitest';
import { originOf, whyNotSent } from '../../../model/streams/credential-origin.ts';

test.each([
  ['https://github.com', 'https://github.com/shop/mirror.git', true],
  ['https://github.com', 'https://GitHub.com:443/shop/mirror.git', true],
  ['https://git.example:8443', 'https://git.example:8443/x.git', true],
  ['http://[::1]:3000', 'http://[::1]:3000/x.git', true],
  // Scheme, host and port are one thing.
  ['https://github.com', 'http://github.com/shop/mirror.git', false],
  ['https://github.com', 'https://github.com:8443/shop/mirror.git', false],
  ['https://github.com', 'https://github.com.evil.example/shop/mirror.git', false],
  ['https://github.com', 'https://www.github.com/shop/mirror.git', false],
  ['https://github.com', 'https://github.com./shop/mirror.git', false],
  ['https://github.com', 'https://github.com@evil.example/x.git', false],
  [null, 'https://github.com/shop/mirror.git', false],
  // Nothing is sent to a local repository.
  ['https://github.com', 'file:///srv/x.git', true],
  [null, 'file:///srv/x.git', true],
])('what is for %s is sent to %s: %s', (origin, url, sent) => {
  expect(whyNotSent({ name: 'bot', origin }, url) === null).toBe(sent);
});

test('a refusal names both origins and the command that helps', () => {
  const elsewhere = whyNotSent({ name: 'bot', origin: 'https://a.example' }, 'https://b.example/x');
  expect(elsewhere).toContain('is for https://a.example and is not sent to https://b.example.');
  expect(elsewhere).toContain('gitward credentials rotate "bot" --origin https://b.example');
  const unsaid = whyNotSent({ name: 'bot', origin: null }, 'https://b.example/x');
  expect(unsaid).toContain('gitward credentials rotate "bot" --origin https://b.example');
});

test('an origin has no path, user or default port', () => {
  expect(originOf('https://git.example:443/a/b.git')).toBe('https://git.example');
});
