import { expect, it } from 'vitest';
import { Check } from 'typebox/schema';
import { builtInKinds, kindOfPath, kindsOf, pathForNew } from '../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../model/knowledge/entry.ts';

const own = (name: string, more: Partial<Kind> = {}): Kind => ({
  name,
  folder: name,
  file: null,
  format: 'markdown',
  titleField: 'name',
  schema: {},
  indexFields: [],
  personal: false,
  ...more,
});

it.each([
  ['knowledge/skills/a.md', 'skill'],
  ['knowledge/customers/eu/acme.MD', 'customer'],
  ['knowledge/prompts/system/a.markdown', 'system-prompt'],
  ['knowledge/prompts/blocks/a.md', 'prompt-block'],
  ['knowledge/templates/slides/a.md', 'slide-template'],
  ['knowledge/templates/documents/a.md', 'document-template'],
  ['knowledge/documents/a.md', 'document'],
  ['knowledge/categories/metadata.json', 'category'],
  ['knowledge/categories/other.json', undefined],
  ['knowledge/skills/README.md', undefined],
  ['knowledge/skills/_draft.md', undefined],
  ['knowledge/skills/.hidden/a.md', undefined],
  ['knowledge/skills/a.txt', undefined],
  ['knowledge/skillset/a.md', undefined],
  ['skills/a.md', undefined],
])('the kind of %s is %s', (path, name) => {
  expect(kindOfPath(builtInKinds, 'knowledge', path)?.name).toBe(name);
});

it('reads files with the endings that a kind asks for, and names new ones after the first', () => {
  const kinds = kindsOf([
    own('page', { extensions: ['mdx', 'md'] }),
    own('note', { folder: 'page/notes' }),
    own('skill', { folder: 'skills', extensions: ['md', 'mdx'] }),
  ]);
  const of = (path: string) => kindOfPath(kinds, '', path)?.name;
  expect(['page/a.mdx', 'page/a.MDX', 'page/a.md', 'skills/a.mdx'].map(of)).toEqual([
    ...['page', 'page', 'page', 'skill'],
  ]);
  const others = [
    'page/a.markdown',
    'page/notes/a.mdx',
    'page/README.mdx',
    'page/mdx',
    'documents/a.mdx',
  ];
  expect(others.map(of)).toEqual(others.map(() => undefined));
  const path = (name: string) =>
    pathForNew(
      kinds.find((kind) => kind.name === name)!,
      '',
      { slug: 'a', title: '', id: 'a' },
    );
  expect(['page', 'skill', 'note', 'document'].map(path)).toEqual([
    ...['page/a.mdx', 'skills/a.md', 'page/notes/a.md', 'documents/a.md'],
  ]);
});

it('chooses the kind with the longest folder, under any root', () => {
  const kinds = kindsOf([own('partner', { folder: 'customers/partners' })]);
  expect(kindOfPath(kinds, '', 'customers/partners/a.md')?.name).toBe('partner');
  expect(kindOfPath(kinds, '', 'customers/a.md')?.name).toBe('customer');
  expect(kindOfPath(kinds, '_own/.root', '_own/.root/skills/a.md')?.name).toBe('skill');
});

it('lets a space replace a built-in kind, but not its protection of personal data', () => {
  const kinds = kindsOf([own('customer', { folder: 'accounts' }), own('skill'), own('preset')]);
  const of = (name: string) => kinds.filter((kind) => kind.name === name);
  expect(of('customer')).toMatchObject([{ folder: 'accounts', personal: true }]);
  expect(of('skill')).toMatchObject([{ folder: 'skill', personal: false }]);
  const inside = kindsOf([own('contact', { folder: 'customers/contacts' })]).at(-1);
  expect(inside).toMatchObject({ name: 'contact', personal: true });
  expect(of('preset')).toHaveLength(1);
  expect(kinds).toHaveLength(builtInKinds.length + 1);
});

it('names a new file after its slug, or else its title, or else its id', () => {
  const [skill] = builtInKinds;
  const category = builtInKinds.at(-1);
  if (skill === undefined || category === undefined) throw new Error('There are no kinds.');
  const name = { slug: null, title: 'A title', id: 'an-id' };
  expect(pathForNew(skill, 'knowledge', name)).toBe('knowledge/skills/a-title.md');
  expect(pathForNew(skill, '', { ...name, slug: 'Own' })).toBe('skills/own.md');
  expect(pathForNew(skill, '', { ...name, title: '日本' })).toBe('skills/日本.md');
  expect(pathForNew(skill, '', { ...name, title: '?!' })).toBe('skills/an-id.md');
  const id = '0b7e7f2c-6a3c-4d57-9d0f-2f0f5a9a3f11';
  expect(pathForNew(skill, '', { ...name, title: '?!', id })).toBe('skills/skill.md');
  expect(pathForNew(category, 'k', name)).toBe('k/categories/metadata.json');
});

it.each([
  [
    'skill',
    {
      id: 'a',
      title: 'A',
      categories: ['x'],
      active: true,
      owners: ['J'],
      sources: [{ url: 'u', addedAt: '2026-01-31' }],
      created: '2026-01-01',
      updated: null,
    },
  ],
  [
    'customer',
    {
      id: 1,
      name: 'A',
      tier: 1,
      employeeCount: 5,
      annualRevenue: 1.5,
      billingLocation: 'Prague',
      owners: [{ name: 'J', email: 'j@x', userId: 'u' }],
      documents: [{ id: 'd', filename: 'f', uploadedAt: '2026-01-31' }],
      considerations: ['c'],
      own: {},
    },
  ],
  [
    'system-prompt',
    { id: 'a', name: 'A', category: 'c', variants: ['x'], updated: '2026-01-31T08:00:00Z' },
  ],
  ['prompt-block', { id: 'a', name: 'A', category: 'c', active: false, sortOrder: 1 }],
  [
    'slide-template',
    {
      id: 'a',
      name: 'A',
      type: 'slide_deck',
      format: 'google_slides',
      variables: { name: 'Their name' },
      active: true,
      presentationId: 'p',
    },
  ],
  ['document-template', { id: 'a', name: 'A', type: 'email', format: 'html', variables: {} }],
  [
    'document-template',
    { id: 'a', name: 'A', variables: { a: null, b: 'B', c: { type: 'list', required: true } } },
  ],
  ['system-prompt', { id: 'a', name: 'A', variables: 'anything', blocks: [1, 1] }],
  [
    'document',
    {
      id: 'a',
      title: 'A',
      filename: 'f',
      fileType: 'pdf',
      fileSize: 5,
      uploadedAt: '2026-01-31',
      storageUrl: 's',
    },
  ],
])('the schema of %s accepts what companies write', (name, fields) => {
  const schema = builtInKinds.find((kind) => kind.name === name)?.schema ?? false;
  expect(Check(schema, fields)).toBe(true);
  expect(Check(schema, { ...fields, id: undefined })).toBe(false);
});
