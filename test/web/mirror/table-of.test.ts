import { expect, it } from 'vitest';
import { tableOf } from '../../../web/pages/mirror/contents/table-of.ts';

it('tells the columns of a table, with types and the primary key as far as the file has them', () => {
  const text = JSON.stringify({
    description: 'People we sell to',
    primaryKey: ['id'],
    columns: [
      { name: 'id', type: 'NUMBER', length: '38,0' },
      { name: 'city', baseType: 'STRING', description: 'Where they live' },
      { name: 'note' },
    ],
  });
  expect(tableOf(text)).toEqual({
    description: 'People we sell to',
    primaryKey: ['id'],
    columns: [
      { name: 'id', type: 'NUMBER(38,0)', description: '' },
      { name: 'city', type: 'STRING', description: 'Where they live' },
      { name: 'note', type: '', description: '' },
    ],
  });
});

it.each(['', '{', 'null', '[]', '{"columns": 1}'])('has nothing to tell of %j', (text) => {
  expect(tableOf(text)).toBe(null);
});

it('takes what it does not expect for nothing', () => {
  const text = '{"columns": [null, 1, {"name": {"a": 1}, "type": 7}], "primaryKey": [2, "a"]}';
  const nameless = { name: '', type: '', description: '' };
  expect(tableOf(text)).toEqual({
    description: '',
    primaryKey: ['', 'a'],
    columns: [nameless, nameless, nameless],
  });
});
