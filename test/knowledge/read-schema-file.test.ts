import { describe, expect, it } from 'vitest';
import { readSchemaFile } from '../../knowledge/kinds/read-schema-file.ts';
import { usableKinds } from '../../knowledge/kinds/usable-kinds.ts';
import type { Kind } from '../../model/knowledge/entry.ts';

const path = 'knowledge/.schemas/preset.json';

function read(schema: unknown, at = path): { kind: Kind } | { problem: string } {
  return readSchemaFile(at, Buffer.from(JSON.stringify(schema)));
}

/** Why a schema with this content is not used, or `''` if it is used. */
function problemOf(extra: object, settings: unknown = { folder: 'presets' }): string {
  const result = read({ type: 'object', 'x-gitward': settings, ...extra });
  return 'problem' in result ? result.problem : '';
}

function kindOf(schema: object, name = 'preset'): Kind {
  const result = read(schema, `knowledge/.schemas/${name}.json`);
  if ('problem' in result) throw new Error(result.problem);
  return result.kind;
}

describe('a schema file', () => {
  it('describes a kind', () => {
    const properties = { id: { type: 'string' }, label: { $ref: '#/$defs/label' } };
    const schema = { type: 'object', properties, $defs: { label: { type: 'string' } } };
    expect(
      kindOf({
        $id: 'https://example.com/preset.json',
        ...schema,
        'x-gitward': { folder: 'ui/presets', title: 'label', index: ['theme'], personal: true },
      }),
    ).toEqual({
      ...{ name: 'preset', folder: 'ui/presets', file: null, format: 'markdown' },
      ...{ titleField: 'label', indexFields: ['theme'], personal: true, schema },
    });
  });

  it('may leave out settings that follow from the rest', () => {
    const one = { properties: { name: {} }, 'x-gitward': { file: 'settings/all.json' } };
    expect(kindOf(one)).toMatchObject({
      ...{ folder: '', file: 'settings/all.json', format: 'json', titleField: 'name' },
      ...{ indexFields: [], personal: false },
    });
    expect(kindOf({ 'x-gitward': { folder: 'presets' } }).titleField).toBe('title');
  });

  it('may ask for other endings than those of Markdown', () => {
    const settings = { folder: 'pages', extensions: ['mdx', 'md'] };
    expect(kindOf({ 'x-gitward': settings })).toMatchObject(settings);
    expect(kindOf({ 'x-gitward': { file: 'pages/all.mdx' } }).format).toBe('markdown');
  });

  it('says whether texts of its kind have includes', () => {
    const of = (includes: boolean) => kindOf({ 'x-gitward': { folder: 'a', includes } }).includes;
    expect([of(true), of(false)]).toEqual([true, undefined]);
  });

  it('cannot remove the protection of personal data', () => {
    const own = { 'x-gitward': { folder: 'clients', personal: false } };
    expect(kindOf(own, 'customer').personal).toBe(true);
    expect(kindOf(own, 'client').personal).toBe(false);
  });

  it.each([
    ['knowledge/.schemas/Preset.json', 'Rename it.'],
    ['knowledge/.schemas/1.json', 'Rename it.'],
    [`knowledge/.schemas/${'a'.repeat(41)}.json`, 'at most 40'],
    ['knowledge/.schemas/more/preset.json', 'without further folders'],
  ])('must be named after its kind: %s', (at, message) => {
    expect(read({ 'x-gitward': { folder: 'presets' } }, at)).toMatchObject({
      problem: expect.stringContaining(message) as string,
    });
  });

  it.each([
    ['content too large to be read', null, 'larger than 64 KiB'],
    ['content that is too large', Buffer.alloc(64 * 1024 + 1, ' '), 'larger than 64 KiB'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not JSON in UTF-8'],
    ['invalid JSON', Buffer.from('{'), 'not JSON in UTF-8'],
    ['a list instead of an object', Buffer.from('[]'), 'not a JSON object'],
    ['NUL', Buffer.from(String.raw`{"title": "\u0000"}`), 'NUL or half a character'],
    ['half a character', Buffer.from(String.raw`{"\ud800": 1}`), 'NUL or half a character'],
    [
      'deeply nested lists',
      Buffer.from(`{"enum": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      'more than 64 levels',
    ],
  ])('is refused with %s', (_what, content, message) => {
    expect(readSchemaFile(path, content)).toMatchObject({
      problem: expect.stringContaining(message) as string,
    });
  });

  it.each<[unknown, string]>([
    [null, '"x-gitward" is missing'],
    [[], '"x-gitward" is missing'],
    [{}, 'either "folder"'],
    [{ folder: 'a', file: 'b.json' }, 'either "folder"'],
    [{ folder: 'a', titel: 'name' }, 'unknown key "titel"'],
    [{ folder: 'a', extensions: [] }, '#/x-gitward/extensions'],
    [{ folder: 'a', extensions: 'mdx' }, '#/x-gitward/extensions'],
    [{ folder: 'a', extensions: ['md', 'md'] }, '#/x-gitward/extensions'],
    [{ folder: 'a', extensions: ['.mdx'] }, '#/x-gitward/extensions/0'],
    [{ folder: 'a', extensions: ['md', 'json'] }, '#/x-gitward/extensions/1'],
    [{ file: 'a.md', extensions: ['md'] }, '"extensions" is for the files of a "folder"'],
    [{ folder: 'a', index: 'name' }, '#/x-gitward/index: This must be a list.'],
    [{ folder: 'a', personal: 'no' }, '#/x-gitward/personal: This must be true or false.'],
    [{ folder: 'a', includes: 1 }, '#/x-gitward/includes: This must be true or false.'],
    [{ folder: 'a', format: 'json' }, 'the files of a folder are Markdown'],
    [{ file: 'a.json', format: 'markdown' }, 'has another extension'],
    [{ file: 'a.yaml' }, 'must end in ".json" or ".md"'],
    ...['', '..', 'a/../b', '/a', 'a/', 'a//b', '.git', 'a/.b', '_a', 'a b', 'ä', 'a\nb'].map(
      (folder): [unknown, string] => [{ folder }, 'cannot be the place of entries'],
    ),
    [{ folder: 'a'.repeat(201) }, 'cannot be the place of entries'],
  ])('says what is wrong with its settings %j', (settings, message) => {
    expect(problemOf({}, settings)).toContain(message);
  });

  it.each([
    [{ properties: { a: { pattern: '(a+)+$' } } }, '#/properties/a/pattern is not supported'],
    [
      { not: { items: { patternProperties: {} } } },
      '#/not/items/patternProperties is not supported',
    ],
    [{ propertyNames: { pattern: 'a' } }, '#/propertyNames/pattern is not supported'],
    [{ anyOf: [true, { $id: 'x' }] }, '#/anyOf/1/$id is not supported'],
    [{ $dynamicRef: '#/a' }, '#/$dynamicRef is not supported'],
    [{ $ref: 'https://example.com/a.json' }, '#/$ref must refer to something in the same file'],
    [{ $ref: '#' }, 'in the same file'],
    [{ $ref: '#/$defs/%61' }, 'in the same file'],
    [{ $ref: '#/$defs/a' }, 'which is not in this file'],
    [{ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }, 'is circular'],
    // A key that is not a keyword is judged once something refers to it.
    [{ $ref: '#/mine', mine: { pattern: 'a' } }, '#/$ref/pattern is not supported'],
    [{ type: 'strng' }, '#/type is "strng"'],
    [{ type: 'array' }, '#/type must be "object"'],
    [{ properties: { a: { type: 'strng' } } }, '#/properties/a/type is "strng"'],
    [{ properties: { a: 'string' } }, '#/properties/a is not a schema'],
    [{ properties: [] }, '#/properties must be an object of schemas'],
    [{ oneOf: {} }, '#/oneOf must be a list of schemas'],
    [{ properties: { a: { items: [{}] } } }, '#/properties/a/items is not a schema'],
    [{ required: 'id' }, '#/required: This must be a list.'],
    [{ properties: { a: { minLength: '1' } } }, '#/properties/a/minLength: This must be'],
  ])('cannot contain %j', (schema, message) => {
    expect(problemOf(schema)).toContain(message);
  });

  it('may have fields named like keywords, and data that looks like them', () => {
    const pattern = { type: 'string', enum: ['a'], default: { pattern: 'a', $ref: 'b' } };
    expect(problemOf({ properties: { pattern, $ref: pattern } })).toBe('');
  });

  it('is limited in its depth and in the number of its subschemas', () => {
    const nested = (depth: number): object => (depth === 0 ? {} : { not: nested(depth - 1) });
    expect(problemOf(nested(31))).toBe('');
    expect(problemOf(nested(32))).toContain('more than 32 schemas deep');
    const many = (count: number) => ({ anyOf: Array.from({ length: count }, () => ({})) });
    expect(problemOf(many(499))).toBe('');
    expect(problemOf(many(500))).toContain('more than 500 subschemas');
    // Each one refers to the next one twice, which makes 2^12 in a few lines.
    const doubling = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => {
        const next = { $ref: `#/$defs/s${at + 1}` };
        return [`s${at}`, { allOf: [next, next] }];
      }),
    );
    expect(problemOf({ $ref: '#/$defs/s0', $defs: { s12: {}, ...doubling } })).toContain(
      'more than 500 subschemas, with references followed',
    );
  });
});

describe('several kinds', () => {
  const described = (name: string, settings: object) => ({
    path: `knowledge/.schemas/${name}.json`,
    kind: kindOf({ 'x-gitward': settings }, name),
  });
  const names = (...given: Parameters<typeof described>[]) => {
    const { kinds, problems } = usableKinds(given.map((one) => described(...one)));
    return { kinds: kinds.map(({ name }) => name), problems };
  };

  it('may have overlapping folders', () => {
    expect(
      names(['theme', { folder: 'presets/themes' }], ['preset', { folder: 'presets' }]),
    ).toEqual({ kinds: ['preset', 'theme'], problems: [] });
  });

  it('cannot have the same place: the first by name gets it', () => {
    expect(names(['theme', { folder: 'presets' }], ['preset', { folder: 'presets' }])).toEqual({
      kinds: ['preset'],
      problems: [
        {
          path: 'knowledge/.schemas/theme.json',
          message:
            '"presets" is already the place of the kind "preset": choose another in "x-gitward".',
        },
      ],
    });
  });

  it('cannot take the place of a built-in kind unless that is replaced', () => {
    const client = ['client', { folder: 'customers' }] as const;
    expect(names([...client]).problems[0]?.message).toContain('of the kind "customer"');
    expect(names([...client], ['customer', { folder: 'accounts' }]).kinds).toEqual([
      'client',
      'customer',
    ]);
    expect(names(['customer', { folder: 'customers' }]).kinds).toEqual(['customer']);
  });

  it.each(['x-y', 'X/y'])('cannot have the same index file: x/y and %s', (folder) => {
    expect(names(['a', { folder: 'x/y' }], ['b', { folder }]).problems).toEqual([
      {
        path: 'knowledge/.schemas/b.json',
        message: expect.stringContaining('the same index file') as string,
      },
    ]);
  });

  it('are limited to a hundred', () => {
    const many = Array.from({ length: 101 }, (_, at) => `k${at}`);
    const { kinds, problems } = names(
      ...many.map((name): [string, object] => [name, { folder: name }]),
    );
    expect(kinds).toHaveLength(100);
    expect(problems).toHaveLength(1);
  });
});

it('counts the values of an enum again for each reference to it', () => {
  const file = (values: number, references: number) =>
    Buffer.from(
      JSON.stringify({
        type: 'object',
        $defs: { one: { enum: Array.from({ length: values }, (_, at) => at) } },
        properties: {
          of: { allOf: Array.from({ length: references }, () => ({ $ref: '#/$defs/one' })) },
        },
        'x-gitward': { folder: 'presets' },
      }),
    );
  expect(readSchemaFile('knowledge/.schemas/preset.json', file(200, 2))).toHaveProperty('kind');
  expect(readSchemaFile('knowledge/.schemas/preset.json', file(200, 20))).toHaveProperty('problem');
});
