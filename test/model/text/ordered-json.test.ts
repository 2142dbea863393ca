import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../model/text/json.ts';
import {
  formatJson,
  JsonError,
  maxJsonDepth,
  parseJson,
} from '../../../model/text/ordered-json.ts';

/** What Go 1.26 and Keboola's `orderedmap` (go-utils 1.4.0) read and wrote; `null` is an error. */
const goCases = JSON.parse(readFileSync(new URL('../go-json.json', import.meta.url), 'utf8')) as {
  input: string;
  output: string | null;
}[];

describe('ordered JSON is read and written as in Go', () => {
  test.each(goCases)('$input', ({ input, output }) => {
    if (output === null) expect(() => parseJson(input)).toThrow(JsonError);
    else expect(formatJson(parseJson(input))).toBe(output);
  });
});

test('a document that was written is read as the same document', () => {
  const { document } = fc.letrec<{ document: Json; array: Json[]; object: Map<string, Json> }>(
    (tie) => ({
      document: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }),
        tie('array'),
        tie('object'),
      ),
      array: fc.array(tie('document'), { maxLength: 5 }),
      object: fc
        .array(fc.tuple(fc.oneof(fc.string(), fc.nat().map(String)), tie('document')), {
          maxLength: 5,
        })
        .map((pairs) => new Map(pairs)),
    }),
  );
  fc.assert(
    fc.property(document, (value) => {
      expect(parseJson(formatJson(value))).toEqual(value);
    }),
  );
});

test('exactly the texts that JSON.parse accepts are accepted', () => {
  const jsonLike = fc.string({
    unit: fc.constantFrom(...'{}[]:,"\\ \n01.5eE+-truefalsnul/b'.split('')),
  });
  fc.assert(
    fc.property(fc.oneof(jsonLike, fc.json()), (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid) parseJson(text);
      else expect(() => parseJson(text)).toThrow(JsonError);
    }),
    { numRuns: 2_000 },
  );
});

test('a document that is nested too deeply is neither read nor written', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(() => parseJson(nested(maxJsonDepth))).not.toThrow();
  expect(() => parseJson(nested(maxJsonDepth + 1))).toThrow(/nests deeper than 1000 levels/);
  let value: Json = [];
  for (let depth = 0; depth < maxJsonDepth; depth++) value = [value];
  expect(() => formatJson(value)).toThrow(/nests deeper than 1000 levels/);
});

test('a number too large for a 64-bit float stays a number', () => {
  expect(formatJson(parseJson('[1e400,-1e400]'))).toBe('[\n  1e999,\n  -1e999\n]\n');
});

test('an error says where it is and never quotes the document', () => {
  expect(() => parseJson('{"#password":"hunter2\\x"}')).toThrow(
    'Invalid JSON at character 14: an invalid escape sequence.',
  );
});
