import { expect, test } from 'vitest';
import { hostPages } from '../../../model/streams/host-pages.ts';

test.each([
  ['https://github.com/acme/data.git', 'https://github.com/acme/data/commit/abc'],
  ['https://github.com/acme/data/', 'https://github.com/acme/data/commit/abc'],
  ['https://gitlab.com/acme/team/data.git', 'https://gitlab.com/acme/team/data/-/commit/abc'],
  ['https://bitbucket.org/acme/data.git', 'https://bitbucket.org/acme/data/commits/abc'],
  ['https://codeberg.org/acme/data', 'https://codeberg.org/acme/data/commit/abc'],
  ['https://acme.ghe.com/acme/data', 'https://acme.ghe.com/acme/data/commit/abc'],
  ['https://gitlab.acme.example:8443/a/b.git', 'https://gitlab.acme.example:8443/a/b/-/commit/abc'],
  ['https://forgejo.acme.example/a/b.git', 'https://forgejo.acme.example/a/b/commit/abc'],
  ['https://user:secret@github.com/acme/data.git', 'https://github.com/acme/data/commit/abc'],
  ['https://github.com/acme/a%22b.git?x=1#y', 'https://github.com/acme/a%22b/commit/abc'],
])('the commits of %s have pages', (url, commit) => {
  expect(hostPages(url)?.commit('abc')).toBe(commit);
});

test.each([
  ['a host that is not known', 'https://git.example/acme/data.git'],
  ['the name of a host elsewhere in the name', 'https://evil.example/github.com/data'],
  ['a name that ends like it', 'https://notgithub.com/acme/data'],
  ['a name of every object', 'https://constructor/acme/data'],
  ['another protocol', 'javascript://github.com/acme/data'],
  ['a file', 'file:///srv/github.com/data.git'],
  ['no repository', 'https://github.com/acme'],
  ['no address', '//github.com/acme/data'],
])('there is no page for %s', (_, url) => {
  expect(hostPages(url)).toBeNull();
});
