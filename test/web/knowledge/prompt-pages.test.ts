import { describe, expect, it, test } from 'vitest';
import { entrySearch, tabsOf } from '../../../web/pages/entry/entry-search.ts';
import {
  choiceOf,
  choiceText,
  runProgress,
  runState,
  runWords,
} from '../../../web/pages/entry/prompt/check-words.ts';
import { scoreWords, scoresOfArm, sharesOf } from '../../../web/pages/entry/prompt/scores.ts';
import type { Score } from '../../../web/pages/entry/prompt/score-queries.ts';
import { nestBullets } from '../../../web/pages/entry/template/nest-bullets.ts';
import { pointsAt } from '../../../web/pages/environments/points-at.ts';
import { comparedKinds, entryChanges } from '../../../web/pages/environments/whole-changes.ts';

const commit = '3f1c0d9a5b7e2f4861a0c9d8e7f6a5b4c3d2e1f0';

describe('the address of an entry', () => {
  it('has only what its tab shows', () => {
    const all = { env: 'production', from: 'a', to: 'b', lines: true, promoted: true };
    expect(entrySearch({ ...all, tab: 'variants' })).toEqual({
      tab: 'variants',
      env: 'production',
    });
    expect(entrySearch({ ...all, tab: 'environments' })).toEqual({ tab: 'environments', from: 'a', to: 'b' }); // prettier-ignore
    expect(entrySearch({ ...all, tab: 'checks', run: 'x' })).toEqual({
      ...{ tab: 'checks', env: 'production', promoted: true },
    });
    expect(entrySearch({ ...all, tab: 'nonsense' })).toEqual({});
    expect(entrySearch({ tab: 'fill', env: 7 })).toEqual({ tab: 'fill' });
  });

  it('leads to the tabs that its kind has', () => {
    expect(tabsOf('system-prompt')).toContain('checks');
    expect(tabsOf('slide-template')).toContain('fill');
    expect(tabsOf('customer')).toEqual(['history']);
  });
});

describe('a run of examples', () => {
  const run = (state: 'running' | 'done' | 'failed' | 'cancelled', examples: Record<string, number>) =>
    ({ state, examples, passed: Object.keys(examples).every((verdict) => verdict === 'passed') }); // prettier-ignore

  it('is as far as its examples have verdicts', () => {
    expect(runProgress(run('running', { passed: 2, waiting: 3 }))).toEqual({ done: 2, total: 5 });
    expect(runWords(run('running', { passed: 2, waiting: 3 }))).toEqual(['2 passed', '3 to go']);
    expect(runWords(run('done', { passed: 1, failed: 2, needs_person: 1 }))).toEqual([
      ...['2 failed', '1 waits for a person', '1 passed'],
    ]);
  });

  test.each([
    ['running', { passed: 1, waiting: 1 }, 'Goes on'],
    ['done', { passed: 3 }, 'All passed'],
    ['done', { passed: 3, needs_person: 1 }, 'For a person'],
    ['done', { needs_person: 1, failed: 1 }, 'Failed'],
    ['done', { passed: 3, error: 1 }, 'Not answered'],
    ['cancelled', { waiting: 1 }, 'Stopped'],
    ['failed', { waiting: 1 }, 'Failed'],
  ] as const)('that is %s with %o is "%s"', (state, examples, name) => {
    expect(runState(run(state, examples)).name).toBe(name);
  });

  it('is of the version that was chosen', () => {
    for (const choice of [{ env: 'latest' }, { env: 'production', promoted: true as const }])
      expect(choiceOf(choiceText(choice))).toEqual(choice);
  });
});

describe('scores', () => {
  const score = (more: Partial<Score>): Score => ({
    ...{ blob: commit, commit, at: null, environment: 'production', arm: 'now', name: 'helpful' },
    ...{ count: 1, mean: null, deviation: null, min: null, max: null, labels: {} },
    ...more,
  });

  it('are an average, or how often each label was given', () => {
    expect(scoreWords(score({ mean: 0.8, min: 0.8, max: 0.8 }))).toBe('0.8 on average');
    const several = score({ count: 3, mean: 2 / 3, deviation: 0.25, min: 0, max: 1 });
    expect(scoreWords(several)).toBe('0.667 on average ± 0.25, from 0 to 1');
    expect(scoreWords(score({ count: 3, labels: { bad: 1, good: 2 } }))).toBe('good 2×, bad 1×');
  });

  it('belong to an arm of an environment', () => {
    const other = score({ environment: 'staging' });
    expect(scoresOfArm([score({}), other, score({ arm: null })], 'production', 'now')).toEqual([score({})]); // prettier-ignore
  });

  it('stand beside shares that are 100 together, also of weights that are none', () => {
    expect(sharesOf([{ weight: 3 }, { weight: 1 }])).toEqual([75, 25]);
    expect(sharesOf([{ weight: 0 }])).toEqual([0]);
  });
});

describe('an environment', () => {
  it('says where it points', () => {
    const nowhere = { commit: null, ref: null, entries: {} };
    expect(pointsAt(nowhere)).toBe('what is here now');
    expect(pointsAt({ ...nowhere, ref: 'main' })).toBe('the newest commit of main');
    expect(pointsAt({ ...nowhere, commit, entries: { call: commit } })).toBe(
      'commit 3f1c0d9a5b, 1 entry of its own',
    );
  });

  it('of which all is promoted has changes, entry by entry', () => {
    const entry = (id: string, blob: string) => ({ id, blob, kind: 'skill', title: id });
    const before = [entry('same', '1'), entry('other', '1'), entry('gone', '1')];
    const after = [entry('same', '1'), entry('other', '2'), entry('new', '1')];
    expect(entryChanges(before, after).map(({ id, change }) => [id, change])).toEqual([
      ...[['other', 'changed'], ['new', 'added'], ['gone', 'removed']], // prettier-ignore
    ]);
    expect(comparedKinds({ skill: 2, customer: 501, document: 0, environment: 3 })).toEqual({
      ...{ kinds: ['skill'], tooMany: ['customer'] },
    });
  });
});

test('list items are in those above them, however deep they say they are', () => {
  const bullet = (level: number, text: string) => ({ level, text });
  const leaf = (text: string) => ({ text, inside: [] });
  expect(
    nestBullets([bullet(1, 'a'), bullet(0, 'b'), bullet(3, 'c'), bullet(1, 'd'), bullet(0, 'e')]),
  ).toEqual([leaf('a'), { text: 'b', inside: [leaf('c'), leaf('d')] }, leaf('e')]);
});
