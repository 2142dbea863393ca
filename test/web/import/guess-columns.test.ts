import { describe, expect, it } from 'vitest';
import { troublesCsv } from '../../../web/pages/space/operations/troubles-csv.ts';
import {
  clashesOf,
  columnsToSend,
  guessColumns,
  mayBeOwn,
} from '../../../web/pages/import/guess-columns.ts';

const schema = {
  properties: {
    name: { type: 'string' },
    annualRevenue: { type: 'number', title: 'Turnover of a year' },
  },
};
const kind = { name: 'customer', titleField: 'name', schema };
const guess = (...columns: string[]) => Object.fromEntries(guessColumns(columns, kind));

describe('a guess where columns go', () => {
  it('finds fields by names, titles, and names after that of the kind; others stay as they are', () => {
    expect(guess('Customer ID', 'NAME', 'turnover of a year', 'Markdown', 'City')).toEqual({
      'Customer ID': { to: 'id' },
      NAME: { to: 'name' },
      'turnover of a year': { to: 'annualRevenue' },
      Markdown: { to: 'body' },
      City: 'own',
    });
  });

  it('never sends two to one: the same name counts most, and its other spelling is left out', () => {
    expect(guess('customer_name', 'Name')).toEqual({ customer_name: 'own', Name: { to: 'name' } });
    expect(guess('annual_revenue', 'Annual Revenue')).toEqual({
      annual_revenue: { to: 'annualRevenue' },
      'Annual Revenue': null,
    });
  });

  it('leaves out what a kind does not allow', () => {
    const closed = { ...kind, schema: { ...schema, additionalProperties: false } };
    expect(guessColumns(['City'], closed).get('City')).toBeNull();
    expect([mayBeOwn('City', closed), mayBeOwn('City', kind), mayBeOwn('NAME', kind)]).toEqual([
      ...[false, true, false],
    ]);
  });

  it('is sent only where it says more than the name', () => {
    const mapping = guessColumns(['Customer Name', 'annual revenue', 'City'], kind);
    expect(columnsToSend(mapping, kind)).toEqual({ 'Customer Name': 'name' });
    expect(columnsToSend(new Map([['City', null]]), kind)).toEqual({ City: null });
  });

  it('that somebody changed tells which two go to the same', () => {
    const mapping = new Map([
      ['a', { to: 'name' }],
      ['b', { to: 'name' }],
    ]);
    expect([...clashesOf(mapping)]).toEqual([['b', 'a']]);
  });
});

describe('errors as CSV', () => {
  it('have a row each, and no cell that a spreadsheet would compute', async () => {
    const csv = await troublesCsv([
      {
        ...{ name: '=cmd()', place: 'line 2', outcome: 'failed', entryId: null },
        message: '@x, "quoted"\nand more',
      },
    ]);
    expect(csv).toBe(
      '\ufeffItem,Line,Outcome,What is wrong,Entry\n\'=cmd(),line 2,failed,"\'@x, ""quoted""\nand more",\n',
    );
  });
});
