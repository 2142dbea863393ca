import { describe, expect, it } from 'vitest';
import {
  BadColumns,
  ImportColumns,
  type GivenColumns,
} from '../../knowledge/import/import-columns.ts';
import { BadTable } from '../../knowledge/import/table-format.ts';

const kind = {
  ...{ name: 'customer', titleField: 'name' },
  schema: { properties: { name: { type: 'string' }, annualRevenue: { type: 'number' } } },
};
const columns = (given: GivenColumns) => new ImportColumns(given, kind);

describe('the columns of a table', () => {
  it('go where somebody says: to a field, to the text, or nowhere; others by their names', () => {
    const given = {
      'Company Name': 'name',
      Story: 'body',
      Notes: null,
      Turnover: 'annual_revenue',
    };
    const row = { 'Company Name': 'Acme', Story: '# A', Notes: 'x', Turnover: '1', City: 'Brno' };
    expect(columns(given).place(row)).toEqual({
      ...{ name: 'Acme', body: '# A', annualRevenue: '1', City: 'Brno' },
    });
  });

  it.each([
    [
      { a: 'nmae' },
      'names the field "nmae", which the kind customer does not have; it has id, name',
    ],
    [{ a: '' }, 'names the field ""'],
    [{ a: '__proto__' }, 'names the field "__proto__"'],
  ])('are refused if there is no such field: %j', (given, message) => {
    expect(() => columns(given)).toThrow(BadColumns);
    expect(() => columns(given)).toThrow(message);
  });

  it.each([
    [{ a: 'name', b: 'name' }, { a: 1, b: 2 }, '"a" and "b" would both become "name"'],
    [{ a: 'name' }, { Name: 1, a: 2 }, '"Name" and "a" would both become "name"'],
    [{}, { annual_revenue: 1, 'Annual Revenue': 2 }, 'would both become "annualRevenue"'],
    [{}, { content: 'x', markdown: 'y' }, 'would both become "body"'],
  ])('are refused if two become the same, instead of losing one: %j %j', (given, row, message) => {
    expect(() => columns(given).place(row)).toThrow(BadTable);
    expect(() => columns(given).place(row)).toThrow(message);
  });

  it('can become a field that another column is called as, if that one is left out', () => {
    const row = { name: 'old', 'New name': 'new' };
    expect(columns({ name: null, 'New name': 'name' }).place(row)).toEqual({ name: 'new' });
    const swapped = columns({ id: 'name', name: 'id' }).place({ id: 'Acme', name: 'acme' });
    expect(swapped).toEqual({ name: 'Acme', id: 'acme' });
  });

  it('must be in the table, unless it has no rows at all', () => {
    const given = columns({ Notes: null, Story: null });
    expect(() => given.requireAll()).not.toThrow();
    given.place({ Notes: 'x' });
    expect(() => given.requireAll()).toThrow('names the column "Story", which the table does not');
    // In JSON, not every row has every column.
    given.place({ Story: 'x' });
    expect(() => given.requireAll()).not.toThrow();
  });
});
