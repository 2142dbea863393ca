import { describe, expect, it } from 'vitest';
import { commitWords, type SpaceCommit } from '../../../web/pages/space/home/commit-words.ts';

type Entry = SpaceCommit['entries'][number];

function entry(id: string, change: Entry['change'] = 'edited', title: string | null = id): Entry {
  return { id, kind: 'skill', path: `knowledge/skills/${id}-file.md`, title, change };
}

function commit(entries: Entry[], more: Partial<SpaceCommit> = {}): SpaceCommit {
  return {
    ...{ commit: 'c'.repeat(40), at: '2026-03-01T12:00:00Z', via: 'push', subject: 'Why' },
    ...{ author: { name: 'Eva', email: 'eva@example.com' }, count: entries.length, entries },
    ...more,
  };
}

/** The sentence without its author. */
function sentence(of: SpaceCommit): string {
  const { did, howMany, named, more } = commitWords(of);
  const names = named.map(({ name }) => name).join(', ');
  return [did, howMany, names, more > 0 ? `+${more}` : null].filter(Boolean).join(' ');
}

describe('a commit in words', () => {
  it.each([
    ['one entry', commit([entry('Acme')]), 'edited Acme'],
    ['one that is new', commit([entry('Acme', 'added')]), 'added Acme'],
    ['one that is gone', commit([entry('acme', 'removed', null)]), 'removed acme-file'],
    ['a move', commit([entry('Acme', 'moved')]), 'moved Acme'],
    ['two of a kind', commit([entry('A'), entry('B')]), 'edited A, B'],
    ['two different things', commit([entry('A'), entry('B', 'added')]), 'changed A, B'],
    [
      'more than are named',
      commit([entry('A'), entry('B'), entry('C'), entry('D')]),
      'edited 4 entries A, B, C +1',
    ],
    [
      'many new ones',
      commit(
        ['A', 'B', 'C', 'D', 'E'].map((id) => entry(id, 'added')),
        { count: 5_000 },
      ),
      'added 5,000 entries A, B, C +4997',
    ],
    [
      'many of which most are not known: it is not said that all were removed',
      commit(
        ['A', 'B', 'C', 'D', 'E'].map((id) => entry(id, 'removed')),
        { count: 40 },
      ),
      'changed 40 entries A, B, C +37',
    ],
    ['one whose title is empty', commit([entry('a', 'edited', ' ')]), 'edited a-file'],
  ])('%s', (_what, of, expected) => {
    expect(sentence(of)).toBe(expected);
  });

  it.each([
    ['Change customer "Acme"', 'api', null],
    ['Add 40 entries (skill)', 'api', null],
    ['Import 5000 entries', 'import', null],
    ['Settle a conflict of customer "A "B" C"', 'api', null],
    ['They moved to Brno', 'api', 'They moved to Brno'],
    ['Change customer "Acme"', 'push', 'Change customer "Acme"'],
    ['Add a price list', 'api', 'Add a price list'],
    ['', 'push', null],
  ] as const)('%j (%s) has a summary only if it says more', (subject, via, expected) => {
    expect(commitWords(commit([entry('A')], { subject, via })).summary).toBe(expected);
  });
});
