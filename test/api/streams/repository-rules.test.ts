import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { branchNameFault, subdirectoryFault } from '../../../api/streams/repository-rules.ts';

describe('branch names', () => {
  const names = [
    'main',
    'feature/x',
    'a.b',
    'ünïcode',
    'a@b',
    'x--y',
    '-x',
    'a..b',
    'a b',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    'a@{b',
    '@',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a\u007f',
    'a\tb',
    'HEAD',
    'a{b',
    "a'b",
  ];
  test.each(names)('%j is judged as Git itself judges it', (name) => {
    let git = true;
    try {
      execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
    } catch {
      git = false;
    }
    // Git takes `@` and the like for other branches here; they are not valid names either.
    if (name === '@') git = false;
    expect(branchNameFault(name) === null).toBe(git);
  });
});

describe('branch names that Git would accept', () => {
  test.each([
    ['refs/heads/main', 'the short name "main"'],
    ['refs/heads/feature/x', 'the short name "feature/x"'],
    ['refs/tags/v1', 'not a branch'],
    ['a\u202eb', 'direction of text'],
    ['x'.repeat(251), 'more than'],
  ])('%j is refused', (name, why) => expect(branchNameFault(name)).toContain(why));
});

describe('folders inside a repository', () => {
  test.each([
    '',
    'platform',
    'platform/prod',
    'git',
    '.github',
    'a.git',
    'x/.gitignore',
    'console',
    'com10',
    'x'.repeat(255),
  ])('%j is accepted', (path) => expect(subdirectoryFault(path)).toBeNull());
  test.each([
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    '.git',
    'a/.GIT/b',
    '.git.',
    '.git ',
    'GIT~1',
    '.g\u200cit',
    '.git::$INDEX_ALLOCATION',
    'a\\b',
    'a\nb',
    'a\u0000',
    'C:/x',
    'half\ud83d',
    '.gitmodules',
    'a/.GitModules/b',
    '.gitmodules ',
    'con',
    'a/NUL/b',
    'aux.d',
    'com1.txt',
    'LPT\u00b9',
    'conin$',
    'a:b',
    'a?',
    'a.',
    'a /b',
    'a\u202eb',
    'a\u2066b',
    'a\u2028b',
    'x'.repeat(256),
    `a/${'ä'.repeat(128)}`,
  ])('%j is refused', (path) => expect(subdirectoryFault(path)).toEqual(expect.any(String)));
});
