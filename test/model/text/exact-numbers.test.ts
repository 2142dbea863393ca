import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceedsFloats, isHeldByFloat } from '../../../model/text/exact-numbers.ts';
import type { Json } from '../../../model/text/json.ts';
import { pointerKeys } from '../../../model/text/json-pointer.ts';
import { parseJsonExactly } from '../../../model/text/ordered-json.ts';

describe('a number', () => {
  it.each([
    ['0', true],
    ['-0', true],
    ['-0.000', true],
    ['0e9', true],
    ['1.0', true],
    ['1e2', true],
    ['1.50', true],
    ['0.1', true],
    ['9007199254740992', true],
    ['9007199254740993', false],
    ['-9007199254740993', false],
    ['100000000000000000000', true],
    ['100000000000000000001', false],
    ['0.1000000000000000055', false],
    ['0.10000000000000000000', true],
    ['12345678901234567890', false],
    ['1e21', true],
    ['1E+21', true],
    ['1.7976931348623157e308', true],
    ['1e400', false],
    ['-1e400', false],
    ['1e-400', false],
    ['1.2345e-320', false],
    ['5e-324', true],
    ['2.2250738585072014e-308', true],
    [`1${'0'.repeat(400)}`, false],
    [`0.${'0'.repeat(400)}1`, false],
    [`1${'0'.repeat(300)}e-300`, true],
  ])('%s is held by a 64-bit float: %j', (written, held) => {
    expect(isHeldByFloat(written, Number(written))).toBe(held);
  });

  it('is held if and only if its decimal value is that of the float, as fractions show', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 22n });
    const number = fc.tuple(
      fc.boolean(),
      digits,
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: -20, max: 20 }),
    );
    fc.assert(
      fc.property(number, ([isNegative, value, places, exponent]) => {
        const padded = String(value).padStart(places + 1, '0');
        const end = padded.length - places;
        const fraction = places === 0 ? '' : `.${padded.slice(end)}`;
        const written = `${isNegative ? '-' : ''}${padded.slice(0, end)}${fraction}e${exponent}`;
        const float = Number(written);
        expect(isHeldByFloat(written, float)).toBe(isSame(written, String(float)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('may have a million digits', () => {
    const written = `0.${'0'.repeat(500_000)}1${'0'.repeat(500_000)}1`;
    expect(isHeldByFloat(written, Number(written))).toBe(false);
  });
});

/** Compares two decimal numbers as whole numbers of 10^-60. */
function isSame(one: string, other: string): boolean {
  const scaled = (written: string): bigint => {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] =
      /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/.exec(written) ?? [];
    const shift = 60 + Number(exponent) - fraction.length;
    return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(shift);
  };
  return scaled(one) === scaled(other);
}

describe('the exact numbers of a document', () => {
  it.each<[string, object | string | undefined]>([
    ['{"a":1,"b":[1.0,"9007199254740993"]}', undefined],
    ['9007199254740993', '9007199254740993'],
    ['[1,9007199254740993]', { 1: '9007199254740993' }],
    ['{"a":{"b/c":[[],[1e400]]},"d":1}', { a: { 'b/c': { 1: { 0: '1e400' } } } }],
    ['{"a":9007199254740993,"a":1}', undefined],
    ['{"a":1,"a":9007199254740993}', { a: '9007199254740993' }],
    ['{"a":{"b":9007199254740993},"a":{"c":9007199254740995}}', { a: { c: '9007199254740995' } }],
    ['{"a":[9007199254740993],"a":[1]}', undefined],
    ['{"a":9007199254740993,"b":{},"c":[],"d":"","e":null,"f":1}', { a: '9007199254740993' }],
    ['{"__proto__":9007199254740993}', JSON.parse('{"__proto__":"9007199254740993"}') as object],
  ])('%s', (text, expected) => {
    const { exact } = parseJsonExactly(text);
    expect(asObject(exact)).toEqual(expected);
  });

  it('are all there, and at the places that they have in the document', () => {
    const numbers = fc.constantFrom('1', '0.5', '9007199254740993', '1e400', '123456789012345678');
    const { document } = fc.letrec<{ document: string }>((tie) => ({
      document: fc.oneof(
        { maxDepth: 4 },
        numbers,
        fc.constantFrom('null', 'true', '""'),
        fc.array(tie('document'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
        fc
          .uniqueArray(fc.tuple(fc.string(), tie('document')), {
            selector: ([key]) => key,
            maxLength: 4,
          })
          .map(
            (entries) =>
              `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join()}}`,
          ),
      ),
    }));
    fc.assert(
      fc.property(document, (text) => {
        const { value, exact } = parseJsonExactly(text);
        const found = [...leaves(exact)];
        expect(found.map(([, number]) => number).sort()).toEqual(
          [...text.matchAll(/9007199254740993|1e400|123456789012345678/g)].map(String).sort(),
        );
        for (const [pointer, number] of found) expect(valueAt(value, pointer)).toBe(Number(number));
      }),
    );
  });

  it('say whether one is larger than all floats', () => {
    expect(exceedsFloats(parseJsonExactly('[9007199254740993]').exact ?? '')).toBe(false);
    expect(exceedsFloats(parseJsonExactly('[9007199254740993,[-1e400]]').exact ?? '')).toBe(true);
  });
});

type Exact = ReturnType<typeof parseJsonExactly>['exact'];

function* leaves(exact: Exact, pointer = ''): Generator<[string, string]> {
  if (typeof exact === 'string') yield [pointer, exact];
  else
    for (const [key, inner] of exact ?? [])
      yield* leaves(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

function valueAt(value: Json, pointer: string): Json | undefined {
  return pointerKeys(pointer).reduce<Json | undefined>((at, key) => {
    if (at instanceof Map) return at.get(key);
    return Array.isArray(at) ? at[Number(key)] : undefined;
  }, value);
}

function asObject(exact: Exact): unknown {
  if (!(exact instanceof Map)) return exact;
  return Object.fromEntries([...exact].map(([key, inner]) => [key, asObject(inner)]));
}
