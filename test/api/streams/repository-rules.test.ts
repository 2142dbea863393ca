import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { branchNameFault, subdirectoryFault } from '../../../api/streams/repository-rules.ts';

describe('names of branches', () => {
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
  test.each(names)('%j is judged as git itself judges it', (name) => {
    let git = true;
    try {
      execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
    } catch {
      git = false;
    }
    // Git takes `@` and the like for other branches here; they are no names either.
    if (name === '@') git = false;
    expect(branchNameFault(name) === null).toBe(git);
  });
});

describe('folders inside a repository', () => {
  test.each(['', 'platform', 'platform/prod', 'git', '.github', 'a.git', 'x/.gitignore'])(
    '%j is one',
    (path) => expect(subdirectoryFault(path)).toBeNull(),
  );
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
  ])('%j is refused', (path) => expect(subdirectoryFault(path)).toEqual(expect.any(String)));
});
