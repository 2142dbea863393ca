import { describe, expect, it, test } from 'vitest';
import { changedFields } from '../../../web/pages/entry/history/changed-fields.ts';
import { compareBlocks } from '../../../web/pages/entry/history/compare-blocks.ts';
import { foldSame } from '../../../web/pages/entry/history/fold-same.ts';
import { historySearch } from '../../../web/pages/entry/history/history-search.ts';
import { lineGroups } from '../../../web/pages/entry/history/line-groups.ts';

test('fields that differ are listed as the later version has them, those that it lacks last', () => {
  const before = { id: 'a', tier: 'gold', gone: 1, list: [1, 2] };
  const after = { id: 'a', list: [2, 1], tier: 'gold', fresh: null };
  expect(changedFields(before, after)).toEqual([
    { field: 'list', before: [1, 2], after: [2, 1] },
    { field: 'fresh', after: null },
    { field: 'gone', before: 1 },
  ]);
});

describe('two texts, block by block', () => {
  it('pair what was changed, and show what was added and removed', () => {
    const before = '# Title\n\nOne.\n\nTwo.\n\n- a\n- b\n';
    const after = '# Title\n\nOne, changed.\n\nTwo.\n\nNew.\n';
    expect(compareBlocks(before, after)).toEqual([
      { before: '# Title', after: '# Title' },
      { before: 'One.', after: 'One, changed.' },
      { before: 'Two.', after: 'Two.' },
      { before: '- a\n- b', after: null },
      { before: null, after: 'New.' },
    ]);
  });

  it('pair only blocks of the same sort', () => {
    expect(compareBlocks('Text.\n', '# Title\n\nText, changed.\n')).toEqual([
      { before: null, after: '# Title' },
      { before: 'Text.', after: 'Text, changed.' },
    ]);
    expect(compareBlocks('- a\n', 'Text.\n')).toEqual([
      { before: '- a', after: null },
      { before: null, after: 'Text.' },
    ]);
  });

  it('are not looked at for long', () => {
    const text = (letter: string) =>
      Array.from({ length: 6_000 }, (_, at) => `${letter}${at}\n\n`).join('');
    expect(compareBlocks(text('a'), text('b'))).toBeNull();
  });
});

describe('blocks that are the same', () => {
  const same = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ before: `${at}`, after: `${at}` }));
  const changed = { before: 'a', after: 'b' };

  it('are folded, except around what differs', () => {
    const pairs = [...same(5), changed, ...same(5)];
    expect(foldSame(pairs, new Set())).toEqual([
      { at: 0, count: 4 },
      { at: 4, pair: pairs[4] },
      { at: 5, pair: changed },
      { at: 6, pair: pairs[6] },
      { at: 7, count: 4 },
    ]);
    expect(foldSame(pairs, new Set([0]))).toHaveLength(8);
  });

  it('are shown if there are few', () => {
    expect(foldSame([...same(3), changed], new Set())).toHaveLength(4);
  });
});

test('lines of the same commit that stand together are one group', () => {
  const line = (number: number, commit: string) => ({
    ...{ line: number, commit, at: '2026-01-01T00:00:00Z', text: `line ${number}` },
    author: { name: 'Eva', email: 'eva@example.com' },
  });
  const lines = [line(1, 'a'), line(2, 'a'), line(3, 'b'), line(4, 'a')];
  expect(lineGroups(lines, 10).map(({ lines: own }) => own.length)).toEqual([2, 1, 1]);
  expect(lineGroups(lines, 3).flatMap(({ lines: own }) => own)).toHaveLength(3);
});

test('an address has a comparison or the lines, and nothing else', () => {
  expect(historySearch({ from: '1w', to: 'abc', lines: true, x: 1 })).toEqual({
    ...{ from: '1w', to: 'abc' },
  });
  expect(historySearch({ to: 'abc', lines: true })).toEqual({ lines: true });
  expect(historySearch({ from: '' })).toEqual({});
});
