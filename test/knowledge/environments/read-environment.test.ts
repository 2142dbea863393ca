import { describe, expect, it } from 'vitest';
import { pointedTo, stateBefore } from '../../../knowledge/environments/change-environment.ts';
import { isProtected, isProtectedText, readEnvironment } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';

const kind = builtInKinds.find(({ name }) => name === 'environment');
if (kind === undefined) throw new Error('There is no such kind.');
const one = 'a'.repeat(40);
const digits = '1'.repeat(40);

describe('an environment in a file', () => {
  it('points at a commit, and some entries at others, also at those that look like numbers', () => {
    const text = `---\nid: production\nname: Production\nprotected: true\ncommit: ${digits}\nentries:\n  a: ${one.toUpperCase()}\n  b: ${digits}\n---\n`;
    const read = readEntry(text, kind);
    expect(read.problems).toEqual([]);
    const { environment, faults } = readEnvironment('production', read.fields);
    expect(faults).toEqual([]);
    expect(environment).toMatchObject({ isProtected: true, ref: null, commit: digits });
    expect([...environment.entries]).toEqual([
      ['a', one],
      ['b', digits],
    ]);
  });

  it('says all that is wrong with it', () => {
    const fields = {
      ...{ commit: 'main', ref: 'a b', entries: { a: null, b: 3, c: one } },
      experiments: [],
    };
    const { environment, faults } = readEnvironment('latest', fields);
    expect(faults.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
      '/commit must be a commit: 40 hex digits',
      '/ref must be the name of a branch or tag',
      '/id must not be latest, which every space has',
      '/entries/a must be a commit: 40 hex digits',
      '/entries/b must be a commit: 40 hex digits',
      '/experiments must be a map of prompts',
    ]);
    expect(environment).toMatchObject({ commit: null, ref: null });
    expect(readEnvironment('x', { commit: one, ref: 'main' }).faults).toHaveLength(1);
    expect(readEnvironment('x', { entries: 'x' }).faults[0]?.pointer).toBe('/entries');
  });
});

describe('protection', () => {
  it('is what the file says before a change', () => {
    expect(isProtected(null)).toBe(false);
    for (const value of [undefined, null, false])
      expect(isProtected(value === undefined ? {} : { protected: value })).toBe(false);
    for (const value of [true, 'true', 'no', 0, [], {}])
      expect(isProtected({ protected: value })).toBe(true);
  });

  it('is there if the file cannot be read', () => {
    expect(isProtectedText(null, kind)).toBe(false);
    expect(isProtectedText('---\nid: a\nname: A\n---\n', kind)).toBe(false);
    expect(isProtectedText('---\nid: a\nname: A\nprotected: true\n---\n', kind)).toBe(true);
    for (const text of ['', 'no front matter', '---\nid: [\n---\n', '---\nprotected: true\n'])
      expect(isProtectedText(text, kind), text).toBe(true);
  });
});

describe('moving an environment', () => {
  const now = { id: 'p', commit: one, entries: { a: one, b: digits } };

  it('moves one entry, or all', () => {
    expect(pointedTo(now, 'a', { commit: digits })).toEqual({ entries: { b: digits, a: digits } });
    expect(pointedTo(now, 'a', { commit: null })).toEqual({ entries: { b: digits } });
    expect(pointedTo({ entries: { a: one } }, 'a', { commit: null })).toEqual({ entries: null });
    expect(pointedTo(now, null, { commit: digits, ref: null, entries: null })).toEqual({
      ...{ commit: digits, entries: null },
    });
    expect(pointedTo(now, null, { commit: one, ref: null, entries: now.entries })).toEqual({});
  });

  it('goes back to what was there before it differed', () => {
    const earlier = [now, { commit: digits }, { ref: 'main' }];
    expect(stateBefore(now, earlier, null)?.pointer).toEqual({
      commit: digits,
      ref: null,
      entries: null,
    });
    expect(stateBefore(now, earlier, 'a')?.pointer).toEqual({ commit: null });
    expect(stateBefore(now, [now, now], null)).toBeNull();
    expect(stateBefore({ commit: digits, entries: {} }, [{ commit: digits }], null)).toBeNull();
  });
});
