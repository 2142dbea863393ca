import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GitTextTools, TextChunk } from '../../git/clones/clone-types.ts';
import { createGitTextTools } from '../../git/clones/text-tools.ts';

let surrounding: string;
let directory: string;
let tools: GitTextTools;

beforeAll(async () => {
  // The tools' directory is inside another repository, whose configuration must be ignored.
  surrounding = await mkdtemp(join(tmpdir(), 'text-tools-'));
  execFileSync('git', ['init', '--quiet', surrounding]);
  execFileSync('git', ['-C', surrounding, 'config', 'merge.conflictStyle', 'merge']);
  execFileSync('git', ['-C', surrounding, 'config', 'diff.context', '0']);
  execFileSync('git', ['-C', surrounding, 'config', 'core.quotePath', 'false']);
  await writeFile(join(surrounding, '.gitattributes'), '* -diff -text merge=binary\n');
  directory = join(surrounding, 'ours');
  tools = createGitTextTools({ directory });
});

afterAll(async () => {
  expect(await readdir(directory)).toEqual([]);
  await rm(surrounding, { recursive: true });
});

type Side = 'base' | 'git' | 'mine';

function whole(chunks: TextChunk[] | null, side: Side): string {
  if (chunks === null) throw new Error('not merged');
  return chunks.map((chunk) => (chunk.kind === 'same' ? chunk.text : chunk[side])).join('');
}

test('separate changes are merged; conflicting ones are returned with their base', async () => {
  const base = 'one\n\ntwo\n\nthree\n\nfour\n';
  const git = base.replace('one', 'ONE').replace('three', 'drei');
  const mine = base.replace('three', 'trois').replace('four', 'FOUR');
  expect(await tools.merge({ base, git, mine })).toEqual([
    { kind: 'same', text: 'ONE\n\ntwo\n\n' },
    { kind: 'conflict', base: 'three\n', git: 'drei\n', mine: 'trois\n' },
    { kind: 'same', text: '\nFOUR\n' },
  ]);
});

test.each([
  ['a', 'b', 'c'],
  ['a\nb', 'a\nc', 'a'],
  ['a\n', 'a\nx', 'a\ny'],
  ['a', 'a\nx', 'a\ny'],
  ['', 'x', 'y\n'],
  ['a\r\nb\r\n', 'a\r\nc\r\n', 'a\r\nd'],
  ['a\r\n', 'a\r\n\r\nc', 'a\n'],
  ['\n', '', 'x'],
])('a conflict of %j, %j and %j adds no missing line end', async (base, git, mine) => {
  const chunks = await tools.merge({ base, git, mine });
  expect(chunks?.some(({ kind }) => kind === 'conflict')).toBe(true);
  expect({
    base: whole(chunks, 'base'),
    git: whole(chunks, 'git'),
    mine: whole(chunks, 'mine'),
  }).toEqual({ base, git, mine });
});

const lines = fc.array(
  fc.constantFrom(
    'a',
    'b',
    'c',
    '',
    'x\r',
    '='.repeat(40),
    '='.repeat(41),
    '<'.repeat(40),
    '\u2028',
    'ř',
  ),
  { maxLength: 8 },
);
const anyText = fc
  .tuple(lines, fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([all, end, ended]) => all.join(end) + (ended ? end : ''));

test('the merge is the same from both sides, and only differing texts conflict', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (base, git, mine) => {
      const merged = await tools.merge({ base, git, mine });
      const swapped = await tools.merge({ base, git: mine, mine: git });
      expect(swapped).toEqual(
        merged?.map((chunk) =>
          chunk.kind === 'same' ? chunk : { ...chunk, git: chunk.mine, mine: chunk.git },
        ),
      );
      const clashes = merged?.filter((chunk) => chunk.kind === 'conflict') ?? [];
      for (const clash of clashes) expect(clash.git).not.toBe(clash.mine);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const change = fc.constantFrom('none', 'git', 'mine', 'both', 'clash');
const lastLine = fc.constantFrom('\n', '\r\n', '');

test('each paragraph is taken from the side that changed it, and conflicts only if both did so differently', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      lastLine,
      async (changes, end) => {
        const between = end === '' ? '\n\n' : end + end;
        const texts = (word: (of: string, at: number) => string) =>
          changes.map((of, at) => `${word(of, at)} ${at}`).join(between) + end;
        const chunks = await tools.merge({
          base: texts(() => 'base'),
          git: texts((of) =>
            of === 'none' || of === 'mine' ? 'base' : of === 'both' ? 'both' : 'git',
          ),
          mine: texts((of) =>
            of === 'none' || of === 'git' ? 'base' : of === 'both' ? 'both' : 'mine',
          ),
        });
        for (const side of ['base', 'git', 'mine'] as const)
          expect(whole(chunks, side)).toBe(
            texts((of) => (of === 'none' ? 'base' : of === 'clash' ? side : of)),
          );
        expect(chunks?.filter(({ kind }) => kind === 'conflict')).toHaveLength(
          changes.filter((of) => of === 'clash').length,
        );
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

test('a side without changes takes the other side to the byte', async () => {
  for (const [a, b] of [
    ['a', 'b\r\n'],
    ['x\n', ''],
    ['\0', '\ud800'],
  ] as const) {
    const expected = b === '' ? [] : [{ kind: 'same', text: b }];
    expect(await tools.merge({ base: a, git: a, mine: b })).toEqual(expected);
    expect(await tools.merge({ base: a, git: b, mine: a })).toEqual(expected);
    expect(await tools.merge({ base: a, git: b, mine: b })).toEqual(expected);
  }
});

test('what git does not accept as text is not merged', async () => {
  const large = 'a\n'.repeat(600_000);
  expect(await tools.merge({ base: large, git: 'b', mine: 'c' })).toBeNull();
  expect(await tools.merge({ base: 'a\0', git: 'b', mine: 'c' })).toBeNull();
  expect(await tools.merge({ base: 'a', git: '\udc00', mine: 'c' })).toBeNull();
  expect(await tools.diff(large, 'b')).toBeNull();
  expect(await tools.diff('a\0', 'b')).toBeNull();
});

test('a diff is a unified diff without its header', async () => {
  const from = 'one\ntwo\nthree\nfour\nfive\nsix\n';
  expect(await tools.diff(from, from.replace('five', '--- five'))).toBe(
    '@@ -2,5 +2,5 @@ one\n two\n three\n four\n-five\n+--- five\n six\n',
  );
  expect(await tools.diff('', 'a')).toBe('@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n');
  expect(await tools.diff(from, from)).toBe('');
});

test('a git that fails is reported and not mistaken for a merge', async () => {
  const broken = createGitTextTools({ directory, searchPath: '/nonexistent' });
  await expect(broken.merge({ base: 'a', git: 'b', mine: 'c' })).rejects.toThrow('not_started');
  await expect(broken.diff('a', 'b')).rejects.toThrow('not_started');
});
