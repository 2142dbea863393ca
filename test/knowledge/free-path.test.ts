import { expect, it } from 'vitest';
import { freePath } from '../../knowledge/entries/free-path.ts';

it.each([
  ['customers/acme.md', [], 'customers/acme.md'],
  ['customers/acme.md', ['customers/acme.md'], 'customers/acme-2.md'],
  ['customers/acme.md', ['customers/acme.md', 'customers/acme-2.md'], 'customers/acme-3.md'],
  ['v1.2/acme', ['v1.2/acme'], 'v1.2/acme-2'],
])('the free path for %s beside %j is %s', (path, taken, free) => {
  expect(freePath(path, (candidate) => taken.includes(candidate))).toBe(free);
});
