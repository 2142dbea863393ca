import { describe, expect, it } from 'vitest';
import { renderLimits, type BrokenInclude } from '../../../knowledge/includes/broken-include.ts';
import { renderEntry, type RenderSource } from '../../../knowledge/includes/render-entry.ts';
import { renderSource } from '../../../knowledge/includes/render-source.ts';
import { textParts } from '../../../knowledge/includes/text-parts.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

const front = '---\nid: x\nname: X\n---\n';

function kindNamed(name: string): Kind {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(name);
  return kind;
}

function source(name: string, body: string, kind = 'document-template'): RenderSource {
  const at = name.indexOf('/');
  const place = { space: name.slice(0, at), id: name.slice(at + 1) };
  const made = renderSource(place, front + body, kindNamed(kind));
  if ('code' in made) throw new Error(made.message);
  return made;
}

/** Renders `sales/offer` among these entries, and counts how often one was looked for. */
async function render(offer: string, others: Record<string, string | RenderSource> = {}) {
  const asked: string[] = [];
  const result = await renderEntry(source('sales/offer', offer), (space, id) => {
    asked.push(`${space}/${id}`);
    const found = others[`${space}/${id}`];
    if (typeof found === 'object') return Promise.resolve(found);
    return Promise.resolve(
      found === undefined
        ? { code: 'include_not_found' as const, message: 'None.' }
        : source(`${space}/${id}`, found),
    );
  });
  return { result, asked };
}

async function rendered(offer: string, others: Record<string, string | RenderSource> = {}) {
  const { result } = await render(offer, others);
  if (result.kind === 'broken') throw new Error(JSON.stringify(result.broken));
  return result.text;
}

async function broken(offer: string, others: Record<string, string | RenderSource> = {}) {
  const { result } = await render(offer, others);
  return result.kind === 'broken' ? result.broken : [];
}

/** Where a broken include is, and its code. */
const briefly = ({ space, id, line, code }: BrokenInclude) => `${space}/${id}:${line} ${code}`;

describe('a text', () => {
  it.each<[string, { space: string | null; id: string } | null]>([
    ['{{> tone}}', { space: null, id: 'tone' }],
    ['{{>tone}}', { space: null, id: 'tone' }],
    ['{{>   tone\t}}  ', { space: null, id: 'tone' }],
    ['  \t{{> tone}}', { space: null, id: 'tone' }],
    ['{{> brand/tone}}', { space: 'brand', id: 'tone' }],
    ['{{> /a/b}}', { space: null, id: 'a/b' }],
    ['{{> brand/a/b}}', { space: 'brand', id: 'a/b' }],
    ['{{> brand/Žluťoučký kůň, 2}}', { space: 'brand', id: 'Žluťoučký kůň, 2' }],
    ['{{> a}b}}', { space: null, id: 'a}b' }],
    ['{{> tone', null],
    ['{{> tone}', null],
    ['{{>}}', null],
    ['{{> }}', null],
    ['{{> brand/}}', null],
    ['{{> ~abc}}', null],
    ['{{> my brand/tone}}', null],
    [`{{> ${'s'.repeat(65)}/tone}}`, null],
    [`{{> ${'i'.repeat(201)}}}`, null],
    ['{{> tone}} and more', null],
    ['{{> tone}} {{> tone}}', null],
    ['{{> a\u0007b}}', null],
  ])('has an include in the line %j', (line, target) => {
    for (const [text, number] of [
      [line, 1],
      [`a\n${line}\r\nb`, 2],
    ] as const) {
      const found = textParts(text).find((part) => typeof part !== 'string');
      expect(found).toMatchObject({ target, line: number, written: line.trim() });
    }
  });

  it.each([
    'Hello {{customer}}, {{{raw}}}, {{#each}}{{/each}}',
    'In a line, {{> tone}} is nothing.',
    '{{{> tone}}}',
    '{ {> tone}}',
    '> {{> tone}}',
  ])('has none in %j, which stays as it is', async (line) => {
    expect(await rendered(`${line}\n`)).toBe(`${line}\n`);
  });

  it('has a line that only looks like one, without its first backslash', async () => {
    expect(await rendered('\\{{> tone}}\n  \\\\{{> x\nend')).toBe('{{> tone}}\n  \\{{> x\nend');
  });
});

describe('rendering', () => {
  it('puts the text of each entry in the place of its line', async () => {
    const offer = '\n# Offer for {{customer}}\n\n{{> tone}}\n\n{{> legal/terms}}\nEnd';
    const others = {
      'sales/tone': '\n  \nPlain words.\n\nShort ones.\n\n \n',
      'legal/terms': 'Terms.\n{{> law}}',
      'legal/law': 'Law {{place}}.\n',
    };
    const { result, asked } = await render(offer, others);
    expect(result).toMatchObject({
      text: '\n# Offer for {{customer}}\n\nPlain words.\n\nShort ones.\n\nTerms.\nLaw {{place}}.\nEnd',
      included: [{ id: 'tone' }, { space: 'legal', id: 'terms' }, { space: 'legal', id: 'law' }],
    });
    expect(asked).toEqual(['sales/tone', 'legal/terms', 'legal/law']);
  });

  it('looks for an entry once, however often it is included', async () => {
    const { result, asked } = await render('{{> a}}\n{{> sales/a}}\n{{> b}}', {
      'sales/a': 'A',
      'sales/b': '{{> a}}',
    });
    expect(result).toMatchObject({ text: 'A\nA\nA', included: [{ id: 'a' }, { id: 'b' }] });
    expect(asked).toEqual(['sales/a', 'sales/b']);
  });

  it('indents the lines of an include as its line is, also in each other', async () => {
    const text = await rendered('- Rules:\n  {{> rules}}\n', {
      'sales/rules': 'One\n\n  - two\n    {{> deep}}',
      'sales/deep': 'x\n\ny',
    });
    expect(text).toBe('- Rules:\n  One\n\n    - two\n      x\n\n      y\n');
  });

  it('keeps the line ends of the entry, and gives them to what it includes', async () => {
    const others = { 'sales/a': 'a\nb\r\n{{> c}}\nd', 'sales/c': 'c' };
    expect(await rendered('x\r\n{{> a}}\r\ny\n', others)).toBe('x\r\na\r\nb\r\nc\r\nd\r\ny\n');
    expect(await rendered('x\n{{> a}}', others)).toBe('x\na\nb\nc\nd');
    expect(await rendered('x\n{{> c}}\r\ny', others)).toBe('x\nc\r\ny');
  });

  it('leaves out the line of an include without any text', async () => {
    const others = { 'sales/none': '\n \n', 'sales/outer': '{{> none}}\n' };
    expect(await rendered('x\n{{> none}}\n{{> outer}}\ny', others)).toBe('x\ny');
  });

  it('resolves includes only in kinds that have them', async () => {
    const skill = source('sales/skill', 'As it is:\n{{> tone}}\n\\{{> tone}}', 'skill');
    expect(await rendered('{{> skill}}', { 'sales/skill': skill })).toBe(
      'As it is:\n{{> tone}}\n\\{{> tone}}',
    );
    expect(await renderEntry(skill, () => Promise.reject(new Error('not asked')))).toMatchObject({
      text: skill.body,
      included: [],
    });
  });
});

describe('broken includes', () => {
  it('are all listed, with the entry and the line of its file', async () => {
    const offer = '\n{{> gone}}\nx\n{{> a}}\n{{> a}}\n{{> tone\n';
    const found = await broken(offer, { 'sales/a': '\n\n{{> brand/gone}}' });
    expect(found.map(briefly)).toEqual([
      'sales/offer:6 include_not_found',
      'sales/a:7 include_not_found',
      'sales/offer:10 include_malformed',
    ]);
    expect(found[1]).toMatchObject({ include: '{{> brand/gone}}', message: 'None.' });
  });

  it('are told by the beginning of a line that is long', async () => {
    const [one] = await broken(`{{> ${'x'.repeat(1_000)}`);
    expect(one?.include).toBe(`{{> ${'x'.repeat(296)}`);
  });

  it('are those of entries that cannot be read', () => {
    const place = { space: 'sales', id: 'x' };
    const [skill, category] = [kindNamed('skill'), kindNamed('category')];
    expect(renderSource(place, null, skill)).toMatchObject({ code: 'include_unreadable' });
    expect(renderSource(place, '---\nid: x\n', skill)).toMatchObject({
      code: 'include_unreadable',
      message: 'The file of x cannot be read: The front matter does not end: it must end with a line `---`.', // prettier-ignore
    });
    expect(renderSource(place, '{}', category)).toMatchObject({ code: 'include_unreadable' });
    // Fields that cannot be read do not matter, since the text is where it is.
    expect(renderSource(place, '---\nid: "\n---\nText', skill)).toMatchObject({ body: 'Text' });
    expect(renderSource(place, '\ufeffText', skill)).toMatchObject({ body: 'Text', bodyLine: 1 });
  });

  it('are circles, of one entry or of several', async () => {
    expect((await broken('{{> offer}}')).map(({ message }) => message)).toEqual([
      'This includes itself: sales/offer → sales/offer.',
    ]);
    const [circle] = await broken('{{> brand/a}}', {
      'brand/a': '{{> b}}',
      'brand/b': '{{> sales/c}}',
      'sales/c': '{{> brand/a}}',
    });
    expect(circle).toMatchObject({ space: 'sales', id: 'c', line: 5, code: 'include_circular' });
    expect(circle?.message).toContain('brand/a → brand/b → sales/c → brand/a');
  });
});

describe('the limits', () => {
  it('are ten levels', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, at) => [
          `sales/e${at + 1}`,
          at + 1 === length ? 'end' : `{{> e${at + 2}}}`,
        ]),
      );
    expect(await rendered('{{> e1}}', chain(renderLimits.depth))).toBe('end');
    const found = await broken('{{> e1}}', chain(renderLimits.depth + 1));
    expect(found.map(briefly)).toEqual(['sales/e10:5 include_limit']);
  });

  it('are 200 includes', async () => {
    const lines = (number: number) => '{{> a}}\n'.repeat(number);
    expect(await rendered(lines(200), { 'sales/a': 'a' })).toBe('a\n'.repeat(200));
    const found = await broken(`${lines(201)}{{> gone}}\n`, { 'sales/a': 'a' });
    expect(found.map(briefly)).toEqual(['sales/offer:205 include_limit']);
  });

  it('are 1 MiB of text, of which not much more is ever made', async () => {
    const half = 'x'.repeat(renderLimits.bytes / 2 - 100);
    expect(await rendered('{{> a}}\n{{> a}}', { 'sales/a': half })).toHaveLength(
      renderLimits.bytes - 199,
    );
    for (const offer of ['{{> a}}\n{{> a}}\n{{> a}}', `{{> a}}\n{{> a}}\n${'y'.repeat(300)}`])
      expect((await broken(offer, { 'sales/a': half })).map(briefly)).toEqual([
        `sales/offer:${offer.endsWith('y') ? 6 : 7} include_limit`,
      ]);
    const both = await broken(`{{> a}}\n{{> gone}}\n${'y'.repeat(600_000)}`, { 'sales/a': half });
    expect(both.map(briefly)).toEqual([
      'sales/offer:6 include_not_found',
      'sales/offer:6 include_limit',
    ]);
    // In UTF-8.
    expect(await broken('{{> a}}\n{{> a}}', { 'sales/a': half.replaceAll('x', 'ž') })).toHaveLength(1); // prettier-ignore
  });

  it('hold for laughs by the billion', async () => {
    const laughs = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `sales/l${at}`,
        at === 9 ? 'ha'.repeat(10_000) : `{{> l${at + 1}}}\n`.repeat(10),
      ]),
    );
    const { result, asked } = await render('{{> l0}}', laughs);
    expect(result).toMatchObject({ kind: 'broken', broken: [{ code: 'include_limit' }] });
    expect(asked.length).toBeLessThan(11);
  });

  it('hold for a long indent of many lines', async () => {
    const started = performance.now();
    const found = await broken(`${' '.repeat(400_000)}{{> lines}}`, {
      'sales/lines': 'x\n'.repeat(400_000),
    });
    expect(found.map(briefly)).toEqual(['sales/offer:5 include_limit']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('hold for files that are long, but not their texts', async () => {
    const big = { ...source('sales/a', 'a'), fileBytes: renderLimits.bytes };
    const { result, asked } = await render('{{> a}}\n{{> b}}\n{{> c}}', {
      'sales/a': big,
      'sales/b': { ...big, id: 'b' },
    });
    expect(result).toMatchObject({ broken: [{ code: 'include_limit', line: 6 }] });
    expect(asked).toEqual(['sales/a', 'sales/b']);
  });

  it('are reached in linear time by lines that begin like includes', async () => {
    const started = performance.now();
    for (const text of ['{{>'.repeat(300_000), '\\'.repeat(1_000_000), ' \t'.repeat(500_000)])
      for (const line of [`${text}\n{{> a}}`, `{{> ${text}}}`, `{{> ${text}`, `${text}{{> a}}`])
        textParts(line);
    for (const line of ['{{>\n', '\\{{>\n', '\n{{>', '}}\n{{>'])
      await broken(line.repeat(200_000).slice(0, 1_000_000), {});
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
