import { describe, expect, it, test } from 'vitest';
import { fillLimits, fillText } from '../../../knowledge/templates/fill-text.ts';
import { declaredVariables } from '../../../knowledge/templates/variables.ts';
import type { JsonValue } from '../../../model/knowledge/entry.ts';

type Values = Record<string, JsonValue>;

const four: Values = {
  customer: "The customer's name",
  total: { description: 'With its currency', type: 'text', default: '0 EUR' },
  urgent: { type: 'boolean' },
  items: { type: 'list' },
};

/** The filled text, or every fault as `pointer: message`. */
function fill(text: string, values: Values, variables: Values | null = four) {
  const declared = variables === null ? null : declaredVariables({ variables });
  const filled = fillText(text, declared?.variables ?? null, values);
  if (filled.kind === 'filled') return filled.text;
  if (filled.kind === 'too_large') return filled.kind;
  return filled.kind === 'broken'
    ? filled.faults.map(({ line, message }) => `line ${line}: ${message}`)
    : filled.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
}

describe('a template with four variables', () => {
  const offer = `# An offer for {{customer}}

{{#urgent}}
Please answer today.
{{/urgent}}
{{^urgent}}
Take your time.
{{/urgent}}

{{#items}}
- {{.}}
{{/items}}

Total: {total}. Dear {name}, keep {this} and {{that}}.
`;

  test('is filled: values, a switch, a list, a default, and braces that are no variable', () => {
    expect(fill(offer, { customer: 'Acme', urgent: true, items: ['a', 'b'] })).toBe(
      '# An offer for Acme\n\nPlease answer today.\n\n- a\n- b\n\nTotal: 0 EUR. Dear {name}, keep {this} and {{that}}.\n',
    );
    expect(fill(offer, { customer: 'Acme', total: '9 EUR' })).toBe(
      '# An offer for Acme\n\nTake your time.\n\n\nTotal: 9 EUR. Dear {name}, keep {this} and {{that}}.\n',
    );
  });

  test('says everything that is wrong with the values at once', () => {
    const wrong = { total: 9, urgent: 'yes', items: ['a', null], kustomer: 'x', 'a/b': 1 };
    expect(fill(offer, wrong)).toEqual([
      "/values/customer: is missing (The customer's name)",
      '/values/total: must be a text',
      '/values/urgent: must be true or false',
      '/values/items/1: must be a text, a number, true, false, or an object of those',
      '/values/kustomer: is no variable here: there are customer, total, urgent, items',
      '/values/a~1b: is no variable here: there are customer, total, urgent, items',
    ]);
    expect(fill(offer, { customer: null, items: 'a' })).toEqual([
      "/values/customer: is missing (The customer's name)",
      '/values/items: must be a list',
    ]);
  });
});

describe('a declaration', () => {
  const types: Values = {
    date: { type: 'date' },
    number: { type: 'number', required: false },
    optional: { required: false },
    needed: { type: 'boolean', required: true },
  };

  it('says what a value must be, and whether it is required', () => {
    expect(fill('x', {}, types)).toEqual([
      '/values/date: is missing',
      '/values/needed: is missing',
    ]);
    const text = '{date} {number}{optional} {needed}';
    expect(fill(text, { date: '2026-03-02', needed: false }, types)).toBe('2026-03-02  false');
    expect(fill(text, { date: '2026-02-30', number: '1', needed: 0 }, types)).toEqual([
      expect.stringContaining('/values/date: must be a date that exists'),
      '/values/number: must be a number',
      '/values/needed: must be true or false',
    ]);
    expect(fill('{number}', { number: 1.5, date: '2026-03-01 08:00', needed: true }, types)).toBe(
      '1.5',
    );
  });

  it('is wrong if its type is none, or its default has another', () => {
    const { faults = [] } =
      declaredVariables({
        variables: { a: { type: 'strng' }, b: { type: 'number', default: 'x' }, c: 'fine' },
      }) ?? {};
    expect(faults).toEqual([
      {
        pointer: '/variables/a/type',
        message: 'is "strng", but must be one of text, number, boolean, list, date',
      },
      { pointer: '/variables/b/default', message: 'must be a number' },
    ]);
  });

  it('is none if there is no map', () => {
    for (const variables of [null, 'x', 3]) expect(declaredVariables({ variables })).toBeNull();
    expect(declaredVariables({})).toBeNull();
    expect(declaredVariables({ variables: {} })).toEqual({ variables: [], faults: [] });
  });

  it('may be a list of names', () => {
    const { variables } = declaredVariables({
      variables: ['a', { name: 'b', type: 'number', required: false }, 3, null, {}, []],
    }) ?? { variables: [] };
    expect(variables).toMatchObject([
      { name: 'a', type: 'text', required: true },
      { name: 'b', type: 'number', required: false },
    ]);
  });

  it('may have any name, also one that objects have', () => {
    const names: Values = { 'customer name': 'x', constructor: 'x', 'a.b': 'x', ž: 'x' };
    const values = { 'customer name': 'A', constructor: 'B', 'a.b': 'C', ž: 'D' };
    expect(fill('{{customer name}}{constructor}{{ a.b }}{ž}', values, names)).toBe('ABCD');
    expect(fill('{{constructor}}{{toString}}{{__proto__}}', {}, {})).toBe(
      '{{constructor}}{{toString}}{{__proto__}}',
    );
  });
});

describe('what is no placeholder', () => {
  it.each([
    '{{other}} {other} {{{other}}}',
    '{ customer }',
    '{customer.name} {{customer.name}}',
    '{"json": {"customer": 1}}',
    '{{> customer}} {{! customer}} {{=customer}}',
    '{{customer\n}}',
    '{{{customer}} {{customer}',
    '{{#other}}x{{/other}}{{^other}}{{/other}}',
    '{{#if other}}x{{else}}y{{/if}} {{/if}} {{else}} {{.}}',
    '${PATH} $customer %customer%',
  ])('%j stays', (text) => {
    // `{{customer}` has one brace more than `{customer}`.
    const expected = text.replace('{customer}', 'Acme');
    expect(fill(text, { customer: 'Acme' })).toBe(
      text.includes('{{{customer}}') ? '{Acme {Acme' : expected,
    );
  });

  it('may be escaped, in each form', () => {
    const text = '\\{{customer}} \\{customer} \\{{{customer}}} \\{{#urgent}}x\\{{/urgent}}';
    expect(fill(text, { customer: 'Acme' })).toBe(
      '{{customer}} {customer} {{{customer}}} {{#urgent}}x{{/urgent}}',
    );
    expect(fill('C:\\\\{{customer}} \\n \\{other}', { customer: 'Acme' })).toBe(
      'C:\\Acme \\n \\{other}',
    );
  });
});

describe('a value', () => {
  it('is data: nothing in it is filled, included or escaped', () => {
    const evil = '{{total}} {total} {{> secret}} \\{x} <b> & $& $1 {{#urgent}}';
    expect(fill('{{customer}}|{customer}|{{{customer}}}|{{&customer}}', { customer: evil })).toBe(
      [evil, evil, evil, evil].join('|'),
    );
    expect(fill('{{#items}}{{.}}{{/items}}', { customer: '', items: [evil] })).toBe(evil);
  });

  it('of a list is shown with commas, or item by item', () => {
    const values = { customer: 'A', items: ['a', 2, true] };
    expect(fill('{{items}} {{#each items}}<{{this}}>{{/each}}', values)).toBe(
      'a, 2, true <a><2><true>',
    );
    const rows = [
      { name: 'x', price: 1 },
      { name: 'y', price: 2, customer: 'inner' },
    ];
    expect(fill('{{#items}}{{name}}={{price}} {{customer}};{{/items}}', { customer: 'A', items: rows })).toBe('x=1 A;y=2 inner;'); // prettier-ignore
    expect(fill('{{#items}}{{size}}{{/items}}{{items}}', { customer: 'A', items: rows })).toEqual([
      '/values/items/0: has no "size", which {{size}} stands for',
      '/values/items/1: has no "size", which {{size}} stands for',
      '/values/items/0: is an object, which {{items}} cannot show: repeat a part of the text with {{#items}}…{{/items}}',
    ]);
  });
});

describe('a section', () => {
  const on = { customer: 'A', urgent: true };
  it.each([
    ['{{#urgent}}yes{{/urgent}}{{^urgent}}no{{/urgent}}', 'yes', 'no'],
    ['{{#if urgent}}yes{{else}}no{{/if}}', 'yes', 'no'],
    ['{{#unless urgent}}no{{else}}yes{{/unless}}', 'yes', 'no'],
    ['{{#urgent}}yes{{else}}no{{/urgent}}', 'yes', 'no'],
    ['a\n  {{#if urgent}}  \n  yes\n  {{/if}}\nb\n', 'a\n  yes\nb\n', 'a\nb\n'],
    ['a\r\n{{#urgent}}\r\nyes\r\n{{/urgent}}\r\nb', 'a\r\nyes\r\nb', 'a\r\nb'],
    ['a {{#urgent}}\nyes\n{{/urgent}} b', 'a \nyes\n b', 'a  b'],
    ['{{#urgent}}{{#if other}}x{{/if}}{{/urgent}}', '{{#if other}}x{{/if}}', ''],
    [
      '{{#if other}}{{#urgent}}x{{/urgent}}{{/if}}',
      '{{#if other}}x{{/if}}',
      '{{#if other}}{{/if}}',
    ],
    ['{{#urgent}}{{#customer}}{{.}}{{/customer}}{{/urgent}}', 'A', ''],
    ['{{#if items}}x{{else}}none{{/if}}', 'none', 'none'],
  ])('%j', (text, yes, no) => {
    const shown = text.includes('{{.}}') ? text.replace('{{.}}', '{{customer}}') : text;
    expect(fill(shown, on)).toBe(yes);
    expect(fill(shown, { ...on, urgent: false })).toBe(no);
    expect(fill(shown, { customer: 'A' })).toBe(no);
  });

  it.each([
    ['a\n{{#urgent}}x', 'line 2: {{#urgent}} is not closed: add {{/urgent}}.'],
    ['{{#if urgent}}x', 'line 1: {{#if urgent}} is not closed: add {{/if}}.'],
    ['a\n\n{{/urgent}}', 'line 3: {{/urgent}} closes what is not open.'],
    ['{{#urgent}}{{#items}}{{/urgent}}', 'line 1: {{/urgent}} comes before {{#items}} is closed.'],
    ['{{#if urgent}}{{else}}{{else}}{{/if}}', 'line 1: {{else}} is there twice in {{#if urgent}}.'],
    ['{{#urgent}}'.repeat(21), 'line 1: {{#urgent}} is more than 20 sections deep.'],
  ])('that is broken is named: %j', (text, message) => {
    expect(fill(text, on)).toEqual([message]);
  });
});

describe('a text without declared variables', () => {
  it('has those that it names', () => {
    expect(fill('{{a}} {b} {{#c}}{{d}}{{/c}}', { a: 1 }, null)).toBe('1 {b} ');
    expect(fill('{{a}} {{#c}}{{d}}{{/c}}', { e: 1 }, null)).toEqual([
      '/values/a: is missing',
      '/values/e: is no variable here: there are a, c, d',
    ]);
    expect(fill('{{a}}', { a: null }, null)).toEqual(['/values/a: is missing']);
    expect(fill('{{#c}}{{d}}{{/c}}', { c: [{ d: 1 }, { d: 2 }] }, null)).toBe('12');
    expect(fill('{{not a name}} {{> x}} {{"a": 1}}', {}, null)).toBe(
      '{{not a name}} {{> x}} {{"a": 1}}',
    );
  });
});

describe('what would be endless', () => {
  const items = Array.from({ length: 1_000 }, () => 'x');
  it('ends at a limit', () => {
    const nested = `${'{{#items}}'.repeat(10)}${'{{/items}}'.repeat(10)}`;
    expect(fill(nested, { customer: 'A', items })).toBe('too_large');
    const large = 'y'.repeat(fillLimits.bytes / 1_000);
    expect(fill(`{{#items}}${large}{{/items}}`, { customer: 'A', items })).toHaveLength(
      large.length * 1_000,
    );
    expect(fill(`{{#items}}${large}ž{{/items}}`, { customer: 'A', items })).toBe('too_large');
  });

  it('takes no long time to read', () => {
    for (const part of ['{', '{{', '{{#', '{a', '\\', '{{#if x}}', '{{customer}}', ' ', '{{#urgent}}{{/urgent}} '])
      fill(part.repeat(300_000 / part.length), { customer: 'A' });
    fill('{{#if x}}'.repeat(50_000) + '{{#urgent}}' + '{{x}}'.repeat(100_000), { customer: 'A' });
  }); // prettier-ignore
});
