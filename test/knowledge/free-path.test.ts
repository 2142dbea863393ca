import { expect, it } from 'vitest';
import { freePath } from '../../knowledge/entries/free-path.ts';
import { pathKey } from '../../model/text/path-key.ts';

it.each([
  ['customers/acme.md', [], 'customers/acme.md'],
  ['customers/acme.md', ['customers/acme.md'], 'customers/acme-2.md'],
  ['customers/acme.md', ['customers/acme.md', 'customers/acme-2.md'], 'customers/acme-3.md'],
  ['Customers/ACME.md', ['customers/acme.md'], 'Customers/ACME-2.md'],
  ['customers/\u00e9.md', ['customers/E\u0301.md'], 'customers/\u00e9-2.md'],
  ['v1.2/acme', ['v1.2/acme'], 'v1.2/acme-2'],
])('the free path for %s beside %j is %s', (path, taken, free) => {
  expect(freePath(path, new Set(taken.map(pathKey)))).toBe(free);
});
