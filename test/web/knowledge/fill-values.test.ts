import { expect, test } from 'vitest';
import type { Variable } from '../../../web/pages/entry/filling/fill-queries.ts';
import {
  allVariables,
  controlOfVariable,
  fillingOf,
  shownValue,
} from '../../../web/pages/entry/filling/fill-values.ts';

const variable = (name: string, more: Partial<Variable> = {}): Variable => ({
  ...{ name, description: null, type: 'text', required: true, default: null, fields: [] },
  ...more,
});

test('what is missing is named, and an example of its type stands in for it', () => {
  const variables = [
    variable('customerName'),
    variable('seats', { type: 'number' }),
    variable('until', { type: 'date' }),
    variable('items', { type: 'list' }),
    variable('lines', { type: 'list', fields: ['price'] }),
    variable('any', { type: null }),
    variable('note', { required: false }),
    variable('urgent', { type: 'boolean', required: false }),
    variable('total', { required: false, default: '0 EUR' }),
  ];
  expect(fillingOf(variables, { any: 'x' })).toEqual({
    values: {
      ...{ customerName: 'Customer name', seats: 100, until: '2026-03-31' },
      ...{ items: ['Items 1', 'Items 2'], lines: [{ price: 'Price' }], any: 'x' },
    },
    missing: ['customerName', 'seats', 'until', 'items', 'lines'],
  });
});

test('what was taken away again is missing, or left to its default; names like those of objects are no values', () => {
  const variables = [variable('customer'), variable('total', { required: false, default: 'x' })];
  const taken = { customer: undefined, total: undefined };
  expect(fillingOf(variables, taken).missing).toEqual(['customer']);
  expect(fillingOf(variables, taken).values).not.toHaveProperty('total');
  expect(fillingOf([variable('toString')], {}).missing).toEqual(['toString']);
});

test('an input shows the default until somebody writes something else, or nothing', () => {
  const total = variable('total', { default: '0 EUR' });
  expect(shownValue({}, total)).toBe('0 EUR');
  expect(shownValue({ total: '9' }, total)).toBe('9');
  expect(shownValue({ total: undefined }, total)).toBeUndefined();
  expect(shownValue({}, variable('customer'))).toBeUndefined();
});

test.each([
  ['a text', variable('a'), 'text'],
  ['any', variable('a', { type: null }), 'text'],
  ['a text of several lines', variable('a', { default: 'one\ntwo' }), 'longText'],
  ['a number', variable('a', { type: 'number' }), 'number'],
  ['a switch', variable('a', { type: 'boolean' }), 'boolean'],
  ['a date', variable('a', { type: 'date' }), 'date'],
  ['a date with a time', variable('a', { type: 'date', default: '2026-03-31T08:00:00Z' }), 'text'],
  ['a list of texts', variable('a', { type: 'list' }), 'tags'],
  ['a list of objects', variable('a', { type: 'list', fields: ['name'] }), 'rows'],
  ['a list that no input can show', variable('a', { type: 'list', default: [true] }), 'asIs'],
])('%s has its own control', (_, asked, kind) => {
  expect(controlOfVariable(asked).kind).toBe(kind);
});

test('a variable of several texts is asked for once', () => {
  const [a, b, other] = [variable('a'), variable('b'), variable('a', { description: 'Other' })];
  expect(allVariables([[a, b], [other]])).toEqual([a, b]);
});
