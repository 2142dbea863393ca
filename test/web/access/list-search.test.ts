import { describe, expect, it } from 'vitest';
import { byName, listSearch } from '../../../web/pages/access/shared/list-search.ts';
import { matching } from '../../../web/parts/matching.ts';

const search = listSearch(['ended', 'all'], ['new', 'revoke']);

describe('the address of a list', () => {
  it.each<[Record<string, unknown>, object]>([
    [{}, {}],
    [
      { text: 'bot', show: 'all', item: 'a', open: 'revoke' },
      { text: 'bot', show: 'all', item: 'a', open: 'revoke' },
    ],
    // What is unknown or empty does not stay in the address.
    [{ text: '', show: 'working', item: '', open: 'explode', other: 1 }, {}],
    [{ text: 5, show: ['all'], item: { id: 1 }, open: null }, {}],
    [{ text: undefined, item: undefined }, {}],
  ])('reads %j as %j', (raw, read) => {
    expect(search(raw)).toEqual(read);
  });
});

describe('a list', () => {
  const people = [
    { id: '2', name: 'Zoë', email: 'zoe@acme.example' },
    { id: '3', name: 'Ada', email: null },
    { id: '1', name: 'Ada', email: 'ada@acme.example' },
  ];

  it('is in the order of names, and of ids where names are the same', () => {
    expect(byName(people).map(({ id }) => id)).toEqual(['1', '3', '2']);
  });

  it.each([
    [undefined, ['2', '3', '1']],
    ['  ', ['2', '3', '1']],
    ['ADA', ['3', '1']],
    ['acme ada', ['1']],
    ['nobody', []],
  ])('shows for %j what has every word in it', (text, ids) => {
    const found = matching(people, text, ({ name, email }) => [name, email]);
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});
