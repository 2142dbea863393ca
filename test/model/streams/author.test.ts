import { expect, test } from 'vitest';
import { personFrom } from '../../../model/streams/author.ts';

test('a long name is cut between characters, never inside one', () => {
  const { name } = personFrom(`${'a'.repeat(199)}😀 and more`);
  expect(name).toBe(`${'a'.repeat(199)}😀`);
});

test('half of a character is no part of a name', () => {
  expect(personFrom('Ada \ud83d Lovelace').name).toBe('Ada Lovelace');
});
