import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../api/knowledge/entries/search-query.ts';
import { runEach } from '../../../web/pages/entries/bulk/run-each.ts';
import { withChangedRows } from '../../../web/pages/entries/changed-rows.ts';
import type { EntryItem, EntryPages } from '../../../web/pages/entries/entries-query.ts';
import { entriesSearch, toggledSort } from '../../../web/pages/entries/entries-search.ts';
import { ownersOf } from '../../../web/pages/entries/owners.ts';
import { scalarFields, valueOf } from '../../../web/pages/entries/scalar-fields.ts';
import {
  fieldTerm,
  hasTerm,
  withoutTerm,
  withTerm,
} from '../../../web/pages/entries/search-terms.ts';

describe('the address of a list', () => {
  it('keeps what makes sense, and a number that is a word', () => {
    expect(entriesSearch({ q: 'acme', status: 'in_review', sort: '-updated' })).toEqual({
      ...{ q: 'acme', status: 'in_review', sort: '-updated' },
    });
    expect(entriesSearch({ q: 2026 })).toEqual({ q: '2026' });
    expect(entriesSearch({ q: ' ', status: 'any', sort: 'title', kind: 'x' })).toEqual({});
    expect(entriesSearch({ q: ['a'], status: 1, sort: 'owner; DROP' })).toEqual({});
    expect(entriesSearch({ q: 'x'.repeat(900) }).q).toHaveLength(500);
  });

  it('a click on a column orders by it, and a second one the other way round', () => {
    expect(toggledSort('title', 'title')).toBe('-title');
    expect(toggledSort('-title', 'title')).toBe('title');
    expect(toggledSort('title', 'updated')).toBe('-updated');
    expect(toggledSort('-updated', 'updated')).toBe('updated');
    expect(toggledSort('updated', 'title')).toBe('title');
  });
});

describe('what buttons write into the search box', () => {
  it('is put there once, and taken away as a whole', () => {
    const term = fieldTerm('owners.email', 'eva@example.com');
    expect(withTerm('acme', term)).toBe('acme owners.email:"eva@example.com"');
    expect(withTerm(withTerm('', term), term)).toBe(term);
    expect(hasTerm(`a ${term} b`, term)).toBe(true);
    expect(hasTerm(`a${term}`, term)).toBe(false);
    expect(withoutTerm(`a ${term} b`, term)).toBe('a b');
    expect(withoutTerm(term, term)).toBe('');
  });

  it.each(['Eva Nová', 'a:b', '"quoted" name', 'two\nlines', "O'Hara", 'tier:gold'])(
    'asks the API for exactly this one value: %j',
    (value) => {
      const { words, fields } = parseSearch(fieldTerm('owners.name', value));
      expect(words).toEqual([]);
      expect(fields).toEqual([
        { field: 'owners.name', values: [value.replaceAll(/["\n]/g, ' ').trim()] },
      ]);
    },
  );
});

describe('owners', () => {
  it.each([
    ['nobody', {}, []],
    [
      'people',
      { owners: [{ name: 'Eva', email: 'eva@example.com' }] },
      ['Eva owners.email:"eva@example.com"'],
    ],
    [
      'an address',
      { owners: [{ email: 'eva@example.com' }] },
      ['eva@example.com owners.email:"eva@example.com"'],
    ],
    ['a name', { owners: [{ name: 'Eva' }] }, ['Eva owners.name:"Eva"']],
    ['texts', { owners: ['Eva', 'Jan'] }, ['Eva owners:"Eva"', 'Jan owners:"Jan"']],
    ['one text', { owners: 'Eva' }, ['Eva owners:"Eva"']],
    ['the same twice', { owners: ['Eva', 'Eva '] }, ['Eva owners:"Eva"']],
    ['rubbish', { owners: [null, 3, { name: 4 }, [], '', {}] }, []],
  ])('%s', (_what, fields, expected) => {
    expect(ownersOf(fields).map(({ name, term }) => `${name} ${term}`)).toEqual(expected);
  });
});

describe('fields with a plain value', () => {
  const schema = {
    properties: {
      ...{ id: { type: 'string' }, name: { type: 'string' }, updated: { type: 'string' } },
      tier: { type: ['string', 'number', 'null'] },
      size: { type: ['integer', 'null'] },
      active: { type: ['boolean', 'null'] },
      stage: { enum: ['new', 'won', null] },
      ...{ owners: { type: ['array', 'null'] }, place: { type: ['string', 'object'] } },
      ...{ anything: {}, broken: 'no schema', none: { enum: [1, 2] } },
    },
  };

  it('are those that a schema says so of, without the name and what identifies an entry', () => {
    expect(scalarFields({ schema, titleField: 'name' })).toEqual([
      { name: 'tier', type: 'text', values: [] },
      { name: 'size', type: 'number', values: [] },
      { name: 'active', type: 'flag', values: [] },
      { name: 'stage', type: 'choice', values: ['new', 'won'] },
    ]);
    for (const odd of [{}, { properties: null }, { properties: 'x' }])
      expect(scalarFields({ schema: odd, titleField: 'name' })).toEqual([]);
  });

  it.each([
    ['text', ' gold ', 'gold'],
    ['number', '1e3', 1_000],
    ['number', 'many', undefined],
    ['flag', 'true', true],
    ['flag', 'perhaps', undefined],
    ['choice', 'won', 'won'],
    ['number', ' ', null],
  ] as const)('of the type %s take %j as %j', (type, typed, expected) => {
    expect(valueOf({ name: 'x', type, values: [] }, typed)).toBe(expected);
  });
});

function item(id: string, updatedBy = 'Eva'): EntryItem {
  return {
    ...{
      id,
      kind: 'skill',
      path: `${id}.md`,
      title: id,
      fields: {},
      blob: 'b',
      gitCommitSha: null,
    },
    ...{ syncStatus: 'synced', lastSyncedAt: null, updatedAt: '2026-03-01T12:00:00Z', updatedBy },
    ...{ failure: null, problem: null },
  };
}

describe('a long list of which something has changed', () => {
  const pages = (isWhole: boolean): EntryPages => ({
    pages: [
      { items: [item('a'), item('b')], nextCursor: 'x' },
      { items: [item('c')], nextCursor: isWhole ? null : 'y' },
    ],
    pageParams: [undefined, 'x'],
  });

  it('has it in its place, and draws nothing else again', () => {
    const before = pages(false);
    const { pages: after, isNew } = withChangedRows(before, [
      item('c', 'Jan'),
      item('a'),
      item('z'),
    ]);
    const rows = (of: EntryPages) => of.pages.flatMap(({ items }) => items);
    expect(rows(after).map(({ id, updatedBy }) => `${id} ${updatedBy}`)).toEqual([
      ...['a Eva', 'b Eva', 'c Jan'],
    ]);
    expect(rows(after)[0]).toBe(rows(before)[0]);
    expect(isNew).toBe(false);
  });

  it('says that there is something new where all of it was read', () => {
    expect(withChangedRows(pages(true), [item('z')]).isNew).toBe(true);
    expect(withChangedRows(pages(true), [item('a')]).isNew).toBe(false);
  });
});

describe('what is done to several', () => {
  it('is done a few at a time, and one that fails does not stop the others', async () => {
    let [now, most] = [0, 0];
    const told: number[] = [];
    const outcomes = await runEach(
      [1, 2, 3, 4, 5, 6, 7],
      async (one) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, one % 3));
        now -= 1;
        if (one === 2) throw new Error('It has changed.');
        return { isInReview: one === 3 };
      },
      { signal: new AbortController().signal, onProgress: (done) => told.push(done) },
    );
    expect(outcomes.map(({ item: one, kind }) => `${one} ${kind}`)).toEqual([
      ...['1 done', '2 failed', '3 in_review', '4 done', '5 done', '6 done', '7 done'],
    ]);
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('stops when one wants, and tells of what was begun', async () => {
    const stop = new AbortController();
    const outcomes = await runEach(
      Array.from({ length: 50 }, (_, at) => at),
      (one) => {
        if (one === 4) stop.abort();
        return Promise.resolve({ isInReview: false });
      },
      { signal: stop.signal, onProgress: () => undefined },
    );
    expect(outcomes.length).toBeGreaterThan(4);
    expect(outcomes.length).toBeLessThan(9);
  });
});
