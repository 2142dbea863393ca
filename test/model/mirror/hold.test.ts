import { describe, expect, test } from 'vitest';
import { approvalEffect, commitsSinceOurs } from '../../../model/mirror/hold.ts';

const tree = (files: Record<string, string>) => new Map(Object.entries(files));
const nothing = { count: 0, first: [] };

describe('what approving would do', () => {
  test('is the way from what is there to what was last written', () => {
    const written = tree({ same: '1', changed: '2', missing: '3' });
    const present = tree({ same: '1', changed: 'x', strange: '4' });
    expect(approvalEffect(written, present)).toEqual({
      adds: { count: 1, first: ['missing'] },
      replaces: { count: 1, first: ['changed'] },
      removes: { count: 1, first: ['strange'] },
      unjudged: nothing,
    });
  });

  test('is not known before anything was written', () => {
    expect(approvalEffect(null, tree({ b: '1', a: '2' }))).toEqual({
      adds: nothing,
      replaces: nothing,
      removes: nothing,
      unjudged: { count: 2, first: ['a', 'b'] },
    });
  });

  test('counts all paths and names the first 100, in order', () => {
    const present = tree(
      Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`f${1000 - at}`, '1'])),
    );
    const { removes } = approvalEffect(tree({}), present);
    expect(removes.count).toBe(150);
    expect(removes.first).toHaveLength(100);
    expect(removes.first.slice(0, 2)).toEqual(['f1000', 'f851']);
  });
});

describe('the commits since the newest one of ours', () => {
  test.each<[string, string[], string[], boolean, string[], boolean]>([
    ['none', ['a', 'b'], ['a'], false, [], false],
    ['those before it in the list', ['x', 'y', 'a', 'z'], ['a'], false, ['x', 'y'], false],
    ['at most two of them', ['x', 'y', 'z', 'a'], ['a'], false, ['x', 'y'], true],
    ['all of a line without ours', ['x', 'y'], [], true, ['x', 'y'], false],
    ['more than were read', ['x', 'y'], [], false, ['x', 'y'], true],
  ])('are %s', (_, line, ours, isWhole, shas, hasMore) => {
    const found = commitsSinceOurs(line, new Set(ours), { most: 2, isWhole });
    expect(found).toEqual({ shas, hasMore });
  });
});
