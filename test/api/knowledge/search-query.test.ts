import { expect, test } from 'vitest';
import { parseSearch } from '../../../api/knowledge/entries/search-query.ts';

test.each([
  ['acme  rollout', ['acme', 'rollout'], []],
  ['"annual report" acme', ['annual report', 'acme'], []],
  ['tier:gold', [], [['tier', 'gold']]],
  ['owner:"Eva Nová" x', ['x'], [['owner', 'Eva Nová']]],
  ['owners.email:eva@example.com', [], [['owners.email', 'eva@example.com']]],
  ['count:07', [], [['count', '07', 7]]],
  ['count:"7"', [], [['count', '7']]],
  [
    'active:true none:null',
    [],
    [
      ['active', 'true', true],
      ['none', 'null', null],
    ],
  ],
  ['https://acme.example/x', ['https://acme.example/x'], []],
  ['url:https://acme.example', [], [['url', 'https://acme.example']]],
  ['& | ! - :*', [], []],
  ['a\0b', ['a', 'b'], []],
  ['', [], []],
])('%j', (text, words, fields) => {
  expect(parseSearch(text)).toEqual({
    words,
    fields: fields.map(([field, ...values]) => ({ field, values })),
  });
});

test('a search has at most twenty terms', () => {
  expect(parseSearch('x '.repeat(10_000)).words).toHaveLength(20);
});
