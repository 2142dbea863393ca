import { describe, expect, it, test } from 'vitest';
import { repositoryKey } from '../../../model/streams/place-keys.ts';
import { pathKey } from '../../../model/text/path-key.ts';

const same = 'https://git.example/team/r.git';
describe('one repository', () => {
  it.each([
    'https://git.example/team/r.git/',
    'https://git.example/team/r',
    'https://git.example//team//r.git',
    'https://git.example/t%65am/r.git',
    'https://GIT.Example:443/team/r.git',
    'https://git.example/Team/R.git',
    'https://git.example/team/./r.GIT',
  ])('is also %s', (url) => {
    expect(repositoryKey(url)).toBe(repositoryKey(same));
  });

  it.each([
    'https://other.example/team/r.git',
    'https://git.example:8443/team/r.git',
    'http://git.example/team/r.git',
    'https://git.example/team/r2.git',
    'https://git.example/team%2Fr/x.git',
  ])('is not %s', (url) => {
    expect(repositoryKey(url)).not.toBe(repositoryKey(same));
  });

  test('with accents composed in another way', () => {
    expect(repositoryKey('https://git.example/caf%C3%A9.git')).toBe(
      repositoryKey('https://git.example/cafe%CC%81.git'),
    );
  });
});

test('the repository in a folder is the one of its .git', () => {
  expect(repositoryKey('file:///srv/x/.git')).toBe(repositoryKey('file:///srv/x'));
});

test.each([
  ['Team/A', 'team/a'],
  ['caf\u00e9', 'cafe\u0301'],
  ['STRASSE', 'straße'],
])('the folders %s and %s are one for a file system that takes them for one', (one, other) => {
  expect(pathKey(one)).toBe(pathKey(other));
});
