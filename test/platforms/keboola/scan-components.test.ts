import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import { JsonError, parseJson } from '../../../model/text/ordered-json.ts';
import { JsonReader, ShapeError } from '../../../platforms/keboola/source/json-reader.ts';
import { scanComponents } from '../../../platforms/keboola/source/scan-components.ts';

interface Found {
  fields: JsonObject;
  configurations: Json[];
}

/** What the scanner finds in a text, with each configuration parsed. */
function scan(text: string | Buffer): Found[] {
  const bytes = Buffer.from(text);
  return scanComponents(bytes).map(({ fields, configurations }) => ({
    fields: fields.object(),
    configurations: configurations.map(({ start, end }) =>
      parseJson(bytes.toString('utf8', start, end)),
    ),
  }));
}

/** The same, found by parsing the text as a whole. */
function parseWhole(text: string): Found[] {
  return new JsonReader(parseJson(text)).items().map((component) => {
    const fields = component.object();
    component.at('configurations').items();
    const configurations = fields.get('configurations') as Json[];
    return { fields: new Map(fields).set('configurations', []), configurations };
  });
}

/** Text that looks like structure, in any script. */
const tricky = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ \n\u0000\u2028é💥'.split('')) }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('configurations', '__proto__', '10', '2'),
);
const value = fc.jsonValue({ maxDepth: 3 });
const object = fc.dictionary(tricky, fc.oneof(value, tricky), { maxKeys: 4 });
const answer = fc.array(
  fc
    .tuple(object, fc.array(fc.oneof(object, value), { maxLength: 4 }), object)
    .map(([before, configurations, after]) => ({ ...before, configurations, ...after }))
    .filter(({ configurations }) => Array.isArray(configurations)),
  { maxLength: 4 },
);

describe('the scanner finds what parsing the whole answer finds', () => {
  test.each([0, 2, '\t\r\n'])('with %j as space between tokens', (space) => {
    fc.assert(
      fc.property(answer, (components) => {
        const text = JSON.stringify(components, null, space);
        expect(scan(text)).toEqual(parseWhole(text));
      }),
      { numRuns: 400 },
    );
  });

  test('in damaged answers, or both refuse them', () => {
    const places = fc.tuple(
      answer,
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', 'x', '1'),
    );
    fc.assert(
      fc.property(places, ([components, at, removed, inserted]) => {
        const whole = JSON.stringify(components);
        const from = at % (whole.length + 1);
        // The text goes through bytes, since half of a surrogate pair is not valid UTF-8.
        const damaged = whole.slice(0, from) + inserted + whole.slice(from + removed);
        const text = Buffer.from(damaged).toString();
        const [scanned, parsed] = [result(() => scan(text)), result(() => parseWhole(text))];
        expect(scanned).toEqual(parsed);
      }),
      { numRuns: 1_500 },
    );
  });

  test('with escaped keys, and with the last of equal keys', () => {
    const text =
      '[{"configurations":[1,[2]],"id":"a","configu\\u0072ations":[{"x":"]"}],"id":"b"}]';
    const [component] = scan(text);
    expect(component!.configurations).toEqual([new Map([['x', ']']])]);
    expect(component!.fields.get('id')).toBe('b');
  });

  test('with a byte order mark, and with bytes that are not valid UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('[{"id":"a","configurations":[{"name":"'),
      Buffer.from([0xe2, 0x82]),
      Buffer.from('"}]}]'),
    ]);
    expect(scan(bytes)).toEqual(parseWhole(new TextDecoder().decode(bytes)));
  });
});

describe('the scanner refuses', () => {
  test.each([
    ['an answer that is not a list', '{"error":"no"}', ShapeError, 'the answer is not an array'],
    ['an answer that is not JSON', '<html>', ShapeError, 'the answer is not an array'],
    ['an empty answer', '', ShapeError, 'the answer is not an array'],
    ['a component that is not an object', '[5]', ShapeError, '/0 is not an object'],
    [
      'a component without configurations',
      '[{"id":"a"}]',
      ShapeError,
      '/0/configurations is not an array',
    ],
    ['an answer that ends too early', '[{"configurations":[{"a":1', JsonError, 'ends too early'],
    [
      'a string without an end',
      '[{"configurations":["a\\"]}]',
      JsonError,
      'byte 20: the string does',
    ],
    ['text after the end', '[] x', JsonError, 'text after the end'],
    ['a NUL after the end', '[]\0', JsonError, 'text after the end'],
    ['a key without quotes', '[{configurations:[]}]', JsonError, 'a key in quotes'],
    ['an extra comma', '[{"configurations":[{},]}]', JsonError, 'expected a value'],
  ])('%s', (_, text, error, message) => {
    expect(() => scan(text)).toThrow(error);
    expect(() => scan(text)).toThrow(message);
  });

  test('content that nests too deeply, counted from the top of the answer', () => {
    const nested = (depth: number) =>
      `[{"configurations":[${'['.repeat(depth)}${']'.repeat(depth)}]}]`;
    expect(() => scan(nested(997))).not.toThrow();
    expect(() => scan(nested(998))).toThrow('nests deeper than 1000 levels');
    expect(() => scan(nested(1_000_000))).toThrow('nests deeper than 1000 levels');
  });
});

function result(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonError || error instanceof ShapeError) return 'refused';
    throw error;
  }
}
