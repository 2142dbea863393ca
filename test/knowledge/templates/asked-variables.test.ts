import { expect, test } from 'vitest';
import { askedVariables } from '../../../knowledge/templates/asked-variables.ts';
import { declaredVariables } from '../../../knowledge/templates/variables.ts';
import type { JsonValue } from '../../../model/knowledge/entry.ts';

const asked = (text: string, variables: JsonValue = null) => {
  const declared = declaredVariables({ variables });
  return askedVariables(text, declared?.variables ?? null);
};
const fieldsOf = (text: string, variables: JsonValue) =>
  Object.fromEntries(asked(text, variables).variables.map(({ name, fields }) => [name, fields]));

test('declared variables are asked for, also those that the text does not use', () => {
  const { variables } = asked('Hello {{who}}', { who: 'Whom', total: { default: 0, type: 'number' } }); // prettier-ignore
  expect(variables).toMatchObject([
    { name: 'who', description: 'Whom', type: 'text', required: true, fields: [] },
    { name: 'total', type: 'number', required: false, default: 0, fields: [] },
  ]);
});

test('without declarations, what the text names is asked for, and required unless it is in a section', () => {
  const { variables } = asked('{{a}} {{#b}}{{c}}{{/b}} {d} {{> e}}');
  expect(variables.map(({ name, required }) => [name, required])).toEqual([
    ['a', true],
    ['b', false],
    ['c', false],
  ]);
});

test('what a text takes from the items of a list are names in its section that are no variables', () => {
  const list = { type: 'list' };
  const variables = { items: list, parts: list, urgent: { type: 'boolean' }, who: 'Whom' };
  const text =
    '{{#items}}{{name}} {{who}} {{.}} {{#urgent}}{{price}}{{/urgent}}{{#parts}}{{size}}{{/parts}}{{/items}}{{^items}}{{none}}{{/items}}{{outside}}';
  expect(fieldsOf(text, variables)).toEqual({
    ...{ items: ['name', 'price'], parts: ['size'] },
    ...{ urgent: [], who: [] },
  });
  expect(fieldsOf('{{#each items}}{{name}}{{else}}{{none}}{{/each}}', { items: list })).toEqual({
    items: ['name'],
  });
});

test('a text that cannot be filled says why', () => {
  expect(asked('{{#a}}', { a: 'A' }).faults).toMatchObject([{ line: 1 }]);
});
