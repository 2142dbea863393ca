import { describe, expect, it } from 'vitest';
import { compare } from '../../../web/parts/diff/compare.ts';
import { fold, hunkOf } from '../../../web/parts/diff/fold.ts';
import { languageOf } from '../../../web/parts/diff/language.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`);
const textOf = (lines: string[]) => `${lines.join('\n')}\n`;

function looks(before: string | null, after: string | null): string[] | undefined {
  const signs = { normal: ' ', insert: '+', delete: '-' };
  return compare(before, after)?.map(({ type, content }) => signs[type] + content);
}

describe('two texts', () => {
  it('are compared line by line', () => {
    expect(looks('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([' a', '-b', '+B', ' c', '+d']);
  });

  it('of which one was not there are all new or all gone', () => {
    expect(looks(null, 'a\nb')).toEqual(['+a', '+b']);
    expect(looks('a\n', null)).toEqual(['-a']);
    expect(looks(null, '')).toEqual([]);
  });

  it('are given up when they have too little in common', () => {
    const other = textOf(numbered(3_000).map((line) => `other ${line}`));
    expect(compare(textOf(numbered(3_000)), other)).toBeNull();
    // One that was not there is not compared, however long it is.
    expect(compare(null, textOf(numbered(50_000)))).toHaveLength(50_000);
  });

  it('may have lines of any length, of which the start is shown', () => {
    const [line] = compare(null, 'x'.repeat(1_000_000)) ?? [];
    expect(line?.content).toHaveLength(4_002);
  });
});

describe('the lines of a compared file', () => {
  const before = numbered(100);
  const after = before.with(49, 'changed');
  const changes = compare(textOf(before), textOf(after)) ?? [];
  const sizes = (opened: number[] = [], most = 400) =>
    fold(changes, new Set(opened), most).map((piece) =>
      piece.kind === 'lines' ? piece.changes.length : [piece.kind, piece.count],
    );

  it('are folded where nothing changed nearby', () => {
    expect(sizes()).toEqual([['fold', 46], 8, ['fold', 47]]);
  });

  it('are seen when their fold is opened, which stays', () => {
    expect(sizes([0])).toEqual([['fold', 46], 46, 8, ['fold', 47]]);
  });

  it('end when there are enough of them', () => {
    expect(sizes([0], 50)).toEqual([['fold', 46], 46, 4, ['rest', 51]]);
    expect(sizes([0], 46)).toEqual([['fold', 46], 46, ['rest', 55]]);
    expect(sizes([], 5)).toEqual([['fold', 46], 5, ['rest', 50]]);
  });

  it('are not folded when a fold would hide next to nothing', () => {
    const near = compare('a\nb\nc\nx\n', 'a\nb\nc\ny\n') ?? [];
    expect(fold(near, new Set(), 400)).toHaveLength(1);
  });

  it('know where they are on both sides', () => {
    const [, lines] = fold(changes, new Set(), 400);
    const hunk = hunkOf(lines?.kind === 'lines' ? lines.changes : []);
    expect(hunk).toMatchObject({ oldStart: 47, oldLines: 7, newStart: 47, newLines: 7 });
  });
});

it('The language of a file is known by its name', () => {
  const names = ['a/config.json', 'code.sql', 'code.py', 'CODE.R', 'description.md', 'a.yml'];
  expect(names.map(languageOf)).toEqual(['json', 'sql', 'python', 'r', 'markdown', 'yaml']);
  expect(['code.txt', 'README', 'a.b/c', ''].map(languageOf)).toEqual([null, null, null, null]);
});
