import { describe, expect, it, test } from 'vitest';
import { readExamples } from '../../../knowledge/checks/read-examples.ts';

const fence = (info: string, ...lines: string[]) => ['```' + info, ...lines, '```'].join('\n');

/** The form that the documentation shows. */
const documented = `You prepare a first call with {{customer}}.

## Examples

### A fair

Values:

${fence('yaml', 'customer: Acme', 'seats: 3')}

Input:

${fence('text', '# We met', 'at the fair.')}

Expected:

- contains: Acme
- not contains: "discount "
- It is polite.

### As JSON

**Expected:**

${fence('json', '{"type": "object", "required": ["questions"]}')}
`;

describe('examples', () => {
  it('are read as the documentation has them', () => {
    const { examples, faults, others, text } = readExamples(documented, {});
    expect(faults).toEqual([]);
    expect(others).toEqual([]);
    expect(examples).toEqual([
      {
        ...{ name: 'A fair', variant: null, values: { customer: 'Acme', seats: 3 } },
        input: '# We met\nat the fair.\n',
        expected: [
          { kind: 'contains', text: 'Acme' },
          { kind: 'lacks', text: 'discount ' },
          { kind: 'person', text: 'It is polite.' },
        ],
      },
      {
        ...{ name: 'As JSON', variant: null, values: {}, input: null },
        expected: [{ kind: 'schema', schema: { type: 'object', required: ['questions'] } }],
      },
    ]);
    expect(text).toBe('You prepare a first call with {{customer}}.\n\n');
  });

  it('are written as people write them', () => {
    const body = `# EXAMPLES:\n\nSetext\n---\n\nInput: Hello,\nyou.\n\nAnd more.\n\nEXPECTED: contains: Hi\nnot contains: Bye\n  or so\n`;
    const [one] = readExamples(body.replaceAll('\n', '\r\n'), {}).examples;
    expect(one).toMatchObject({
      name: 'Setext',
      input: 'Hello,\nyou.\nAnd more.',
      expected: [
        { kind: 'contains', text: 'Hi' },
        { kind: 'lacks', text: 'Bye or so' },
      ],
    });
  });

  test('that are prose stay in the text, and are no checks', () => {
    const body =
      'Answer like this.\n\n## Examples\n\nQ: one?\n\n### A\n\nInput: x\n\n### B\n\nExpected: y\n\n## More\n\nWords.\n';
    const read = readExamples(body, {});
    expect(read.examples.map(({ name }) => name)).toEqual(['B']);
    expect(read.others).toEqual([
      {
        line: 7,
        message: 'The example "A" has no "Expected:", so it is not run as a check.',
      },
    ]);
    expect(read.text).toBe(
      'Answer like this.\n\n## Examples\n\nQ: one?\n\n### A\n\nInput: x\n\n## More\n\nWords.\n',
    );
    for (const prose of [
      '## Examples\n\nExpected: x\n',
      'Expected:\n\n- contains: x\n',
      '    ## Examples\n\n### A\n\nExpected: x\n',
      '> ## Examples\n\n### A\n\nExpected: x\n',
    ])
      // prettier-ignore
      expect(readExamples(prose, {})).toMatchObject({ examples: [], faults: [], text: prose });
  });

  test('in the section of a variant are for it, others for all', () => {
    const body =
      '# Short\n\nS\n\n## Examples\n\n### One\n\nExpected: contains: s\n\n# Long\n\nL\n\n# Examples\n\n## Two\n\nExpected: contains: x\n';
    const read = readExamples(body, { variants: ['long', 'short'] });
    expect(read.examples.map(({ name, variant }) => [name, variant])).toEqual([['One', 'short'], ['Two', null]]); // prettier-ignore
    expect(read.text).toBe('# Short\n\nS\n\n# Long\n\nL\n\n');
    // A variant that is called so is a variant.
    expect(readExamples(body, { variants: ['examples'] }).examples).toEqual([]);
  });

  it.each([
    ['nothing expected', 'Expected:', 'expects nothing'],
    ['a text that is not said', 'Expected: contains:', '"contains:" does not say which text'],
    ['quotes around a blank', 'Expected:\n\n- not contains: " "', 'does not say which text'],
    ['a label twice', 'Expected: a\n\nExpected: b', 'is there twice'],
    ['values that are no map', 'Values:\n\n```\n- a\n```\n\nExpected: a', 'no map in YAML or JSON'],
    ['values in prose', 'Values: customer is Acme\n\nExpected: a', 'must be one block of code'],
    ['an input that is empty', 'Input:\n\nExpected: a', 'its "Input:" says nothing'],
    ['an answer instead of a schema', 'Expected:\n\n```json\n{"questions": []}\n```', 'is no JSON Schema'], // prettier-ignore
    ['a schema with a regular expression', 'Expected:\n\n```json\n{"type": "string", "pattern": "(a+)+$"}\n```', 'remove "pattern"'], // prettier-ignore
    ['a schema with a mistake', 'Expected:\n\n```json\n{"type": "strng"}\n```', 'must be one of'],
    ['a schema that refers elsewhere', 'Expected:\n\n```json\n{"$ref": "https://x.example/s"}\n```', 'same file'], // prettier-ignore
    ['a name that is too long', 'Expected: a'.concat('\n\n### ', 'x'.repeat(201), '\n\nExpected: b'), '1 to 200 characters'], // prettier-ignore
    ['the same name', 'Expected: a\n\n### A\n\nExpected: b', 'another one has the same name'],
  ])('with %s are faults, with their line', (_what, text, message) => {
    const { faults } = readExamples(`Words.\n\n## Examples\n\n### A\n\n${text}\n`, {});
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
    expect(faults[0]?.line).toBe(/same name|characters/.test(message) ? 9 : 5);
  });

  // A text of 1 MiB, the largest, made of what is worst for this.
  it.each([
    ['sections', '# Examples\n'],
    ['sections in sections', '# Examples\n## Examples\n### Examples\n'],
    ['examples without a check', '# a\n'],
    ['examples', '# a\nExpected: x\n'],
    ['labels', 'Expected: x\n\n'],
    ['expectations', '- contains: x\n'],
    ['levels', '###### a\n##### a\n#### a\n'],
  ])('take linear time: %s', (_what, part) => {
    const start = '# Examples\n\n## A\n\nExpected: a\n\n';
    const repeated = start + part.replaceAll('# a', '## a').repeat(1_000_000 / part.length);
    const began = performance.now();
    const read = readExamples(repeated, { variants: ['a', 'b', 'examples?'] });
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(read.examples.length).toBeLessThanOrEqual(200);
  });
});
