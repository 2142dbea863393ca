import { describe, expect, it } from 'vitest';
import { typedValue } from '../../knowledge/entries/typed-value.ts';
import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['id', 'title'],
  $defs: { release: { type: 'string' } },
  properties: {
    version: { type: ['string', 'null'] },
    release: { $ref: '#/$defs/release' },
    code: { type: 'string', minLength: 3 },
    level: { enum: ['1', '2'] },
    count: { type: 'number', maximum: 10 },
    active: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    either: { type: ['string', 'number'] },
  },
};

const typed = (text: string, field: string, present?: JsonValue) =>
  typedValue(text, { field, kind: { schema }, present });

describe('a value that somebody types', () => {
  it.each([
    ['version', '1.10', '1.10'],
    ['release', '2.0', '2.0'],
    ['code', '7', '7'],
    ['level', '1', '1'],
    ['version', 'true', 'true'],
    ['version', '[draft]', '[draft]'],
    ['version', '[1]', '[1]'],
  ])('is a text where the schema asks for one: %s=%s', (field, text, value) => {
    expect(typed(text, field)).toBe(value);
  });

  it.each<[string, string, JsonValue]>([
    ['count', '1.10', 1.1],
    ['count', '12', 12],
    ['active', 'true', true],
    ['tags', '["1.10", "b"]', ['1.10', 'b']],
    ['version', 'null', null],
    ['version', '"1.10"', '1.10'],
    ['unknown', '12', 12],
    ['unknown', 'true', true],
    ['unknown', '{"a": 1}', { a: 1 }],
    ['unknown', 'a=b', 'a=b'],
    ['unknown', '', ''],
  ])('is JSON where that fits: %s=%s', (field, text, value) => {
    expect(typed(text, field)).toEqual(value);
  });

  it('is a text if the present value is one and the schema leaves it open', () => {
    expect(typed('1.10', 'unknown', '1.9')).toBe('1.10');
    expect(typed('2', 'either', '1')).toBe('2');
    expect(typed('2', 'either', 1)).toBe(2);
    expect(typed('1.10', 'unknown', 1)).toBe(1.1);
    expect(typed('null', 'unknown', 'a')).toBeNull();
  });

  it('is a number only if that loses none of its digits', () => {
    expect(typed('1.10', 'unknown')).toBe('1.10');
    expect(typed('1e3', 'unknown')).toBe('1e3');
    expect(typed('007', 'unknown')).toBe('007');
    expect(typed('12345678901234567890', 'count')).toBe('12345678901234567890');
  });
});
