import { describe, expect, it } from 'vitest';
import { kindWords, wordsOfKind } from '../../../web/parts/knowledge/kind-words.ts';
import { nameOfFile, spaceOfPath, spacePath } from '../../../web/parts/knowledge/paths.ts';
import { rightsIn } from '../../../web/parts/knowledge/rights.ts';
import { shownKinds } from '../../../web/parts/knowledge/shown-kinds.ts';

describe('the words for a kind', () => {
  it.each([
    ['customer', {}, 'Customer', 'Customers'],
    ['case-study', {}, 'Case study', 'Case studies'],
    ['pitch', {}, 'Pitch', 'Pitches'],
    ['news', {}, 'News', 'News'],
    ['process', {}, 'Process', 'Processes'],
    ['play', {}, 'Play', 'Plays'],
    ['pc-2', {}, 'Pc 2', 'Pc 2'],
    ['offer', { title: 'Nabídka' }, 'Nabídka', 'Nabídka'],
    ['offer', { title: 'Price offer' }, 'Price offer', 'Price offers'],
    ['offer', { title: ' ' }, 'Offer', 'Offers'],
    ['offer', { title: { cs: 'Nabídka' } }, 'Offer', 'Offers'],
    ['constructor', {}, 'Constructor', 'Constructors'],
  ])('%s with the schema %j', (name, schema, one, many) => {
    expect(kindWords({ name, schema })).toEqual({ one, many });
  });

  it('are found where the space no longer has it, or was not read yet', () => {
    expect(wordsOfKind({ kinds: [] }, 'old-kind').many).toBe('Old kinds');
    expect(wordsOfKind(undefined, 'skill').many).toBe('Skills');
  });
});

it('menus show the kinds of a space by name, with its own, and apart from those that nobody uses', () => {
  const kind = (name: string) => ({
    ...{ name, folder: name, file: null, format: 'markdown' as const, titleField: 'title' },
    ...{ personal: false, schema: {} },
  });
  const kinds = ['skill', 'customer', 'case-study', 'document'].map(kind);
  const { used, unused } = shownKinds({ kinds, entries: { skill: 3, 'case-study': 1, gone: 7 } });
  expect(used.map(({ many, count }) => [many, count])).toEqual([
    ['Case studies', 1],
    ['Skills', 3],
  ]);
  expect(unused.map(({ name }) => name)).toEqual(['customer', 'document']);
  expect(shownKinds(undefined)).toEqual({ used: [], unused: [] });
  const elsewhere = shownKinds({ kinds, entries: { skill: 3 } }, ['skill', 'document']);
  expect(Object.values(elsewhere).flat().map(({ name }) => name)).toEqual(['case-study', 'customer']); // prettier-ignore
});

describe('what somebody may do in a space', () => {
  const editor = { space: 'sales', kinds: ['skill'], role: 'editor' as const };
  const reader = { space: 'sales', kinds: null, role: 'reader' as const };

  it('is their role, where they are not limited to spaces', () => {
    const { may, mayAny } = rightsIn({ role: 'publisher', spaces: null }, 'sales');
    expect([may('publisher'), may('editor', 'skill'), may('operator'), mayAny('admin')]).toEqual([
      ...[true, true, false, false],
    ]);
  });

  it('is what they were granted there, kind by kind', () => {
    const { may, mayAny } = rightsIn({ role: 'admin', spaces: [editor, reader] }, 'sales');
    expect([may('editor', 'skill'), may('editor', 'customer'), may('editor')]).toEqual([
      ...[true, false, false],
    ]);
    expect([may('reader'), mayAny('editor'), mayAny('publisher')]).toEqual([true, true, false]);
    expect(rightsIn({ role: 'admin', spaces: [editor] }, 'other').mayAny('agent')).toBe(false);
  });

  it('is never more than their own role', () => {
    const { may } = rightsIn({ role: 'reader', spaces: [editor] }, 'sales');
    expect([may('reader', 'skill'), may('editor', 'skill')]).toEqual([true, false]);
  });
});

it('addresses of spaces lead back to the space, whatever is in them', () => {
  expect(spacePath('sales', 'entries', 'a/b c')).toBe('/spaces/sales/entries/a%2Fb%20c');
  expect(spaceOfPath('/spaces/sales/kinds/skill')).toBe('sales');
  expect([spaceOfPath('/spaces/'), spaceOfPath('/mirrors/a/b'), spaceOfPath('/spaces/%')]).toEqual([
    ...[null, null, null],
  ]);
  expect([nameOfFile('a/b/acme.md'), nameOfFile('.md'), nameOfFile('acme')]).toEqual([
    ...['acme', '.md', 'acme'],
  ]);
});
