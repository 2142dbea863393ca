import { expect, test } from 'vitest';
import { personFrom } from '../../../model/streams/author.ts';

test('a long name is cut between characters, never inside one', () => {
  const { name } = personFrom(`${'a'.repeat(199)}😀 and more`);
  expect(name).toBe(`${'a'.repeat(199)}😀`);
});

test('half a character is left out of a name', () => {
  expect(personFrom('Ada \ud83d Lovelace').name).toBe('Ada Lovelace');
});
