import { expect, it } from 'vitest';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import type { JsonSchema, JsonValue } from '../../../model/knowledge/entry.ts';
import { controlOf } from '../../../web/pages/entry/form/field-control.ts';
import { changedFields, formFields } from '../../../web/pages/entry/form/form-fields.ts';
import { spoken } from '../../../web/pages/entry/form/spoken.ts';
import { usedValues } from '../../../web/pages/entry/form/used-values.ts';

const owner = {
  type: 'object',
  properties: { name: { type: 'string' }, email: { type: 'string' } },
};
const root: JsonSchema = { $defs: { owner, loop: { $ref: '#/$defs/loop' } } };
const people = { type: 'array', items: { $ref: '#/$defs/owner' } };

it.each<[string, JsonSchema | null, JsonValue | undefined, string]>([
  ['a text', { type: 'string' }, 'a', 'text'],
  ['a text that may be empty', { type: ['string', 'null'] }, null, 'text'],
  ['a text of several lines', { type: 'string' }, 'a\nb', 'longText'],
  ['a number', { type: ['number', 'null'] }, 3, 'number'],
  ['a number that is written as text', { type: 'number' }, 'about 3', 'text'],
  ['yes or no', { type: 'boolean' }, undefined, 'boolean'],
  ['a date', { type: 'string', format: 'date' }, '2026-01-31', 'date'],
  [
    'a date with a time',
    { type: 'string', format: 'date-or-time' },
    '2026-01-31T10:00:00Z',
    'text',
  ],
  ['an address', { type: 'string', format: 'uri' }, 'https://example.com', 'url'],
  ['one of several', { enum: ['a', 'b', null] }, 'a', 'choice'],
  ['one of several that is none of them', { enum: ['a', 'b'] }, 'c', 'choice'],
  ['a list of texts', { type: 'array', items: { type: 'string' } }, ['a', 1], 'tags'],
  ['a list in which something occurs twice', { type: 'array' }, ['a', 'a'], 'asIs'],
  ['a list of people', people, [{ name: 'Eva' }], 'rows'],
  ['people with a field that nobody knows', people, [{ name: 'Eva', phone: '1' }], 'asIs'],
  [
    'people of whom one is a text',
    { type: 'array', items: { ...owner, type: ['object', 'string'] } },
    ['Eva'],
    'tags',
  ],
  ['an object', owner, { name: 'Eva' }, 'group'],
  ['an object where a text may be', { ...owner, type: ['object', 'string'] }, 'Eva', 'text'],
  ['a schema that refers to itself', { $ref: '#/$defs/loop' }, 'a', 'text'],
  ['a field that no schema has', null, ['a'], 'tags'],
  ['a value that no control has', null, { a: { b: [1] } }, 'asIs'],
])('%s has its own control', (_, schema, value, kind) => {
  expect(controlOf(schema, value, root).kind).toBe(kind);
});

it('shows the fields of the file in their order, then the others of the kind, and says which nobody knows', () => {
  const kind = builtInKinds.find(({ name }) => name === 'skill');
  const fields = formFields(
    kind?.schema ?? {},
    { id: 'a', zone: 1, updated: null, title: 'A' },
    'title',
  );
  expect(fields.map(({ name }) => name)).toEqual([
    'id',
    'zone',
    'updated',
    'categories',
    'active',
    'owners',
    'sources',
    'created',
  ]);
  const [id, zone, updated] = fields;
  expect([id?.isSet, id?.isRequired, zone?.isKnown, updated?.isSet]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

it('sends only what was changed, and takes away what was emptied', () => {
  const before = { a: 1, b: [1, 2], c: 'x', d: null };
  expect(changedFields(before, before)).toEqual({});
  expect(changedFields(before, { a: 1, b: [1, 2], c: 'x' })).toEqual({});
  expect(changedFields(before, { a: 2, b: [1], d: null, e: false })).toEqual({
    a: 2,
    b: [1],
    c: null,
    e: false,
  });
});

it.each([
  ['employeeCount', 'Employee count'],
  ['userId', 'User ID'],
  ['slideIds', 'Slide IDs'],
  ['sort_order', 'Sort order'],
  ['VAT', 'VAT'],
  ['ключ', 'Ключ'],
  ['__', '__'],
])('says %s as people do', (name, said) => {
  expect(spoken(name)).toBe(said);
});

it('suggests what others use, the most used first, unless everybody has something else', () => {
  const entries = ['gold', 'silver', 'gold', null].map((tier, at) => ({
    fields: { tier, name: `Name ${at}`, tags: at === 0 ? ['b', 'a'] : ['a'] },
  }));
  expect(usedValues(entries, 'tier')).toEqual(['gold', 'silver']);
  expect(usedValues(entries, 'tags')).toEqual(['a', 'b']);
  expect(usedValues(entries, 'name')).toEqual([]);
});
