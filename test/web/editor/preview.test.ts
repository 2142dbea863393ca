import { expect, it } from 'vitest';
import { examplesOf } from '../../../web/editor/preview/examples.ts';
import { renderMarkdown } from '../../../web/editor/preview/render-markdown.ts';
import { keepLineEnds } from '../../../web/editor/source/keep-line-ends.ts';
import { outlineOf, wordCount } from '../../../web/editor/text/outline.ts';
import { safeAddress } from '../../../web/editor/text/safe-address.ts';
import { relativePath } from '../../../web/pages/entry/edit/relative-path.ts';

it('fills variables with what looks like their values', () => {
  const variables = {
    ...{ customerName: "The customer's name", total: { type: 'number' }, rate: { default: 5 } },
    ...{ due: { type: 'date' }, items: { type: 'list' } },
  };
  const examples = examplesOf(variables);
  expect(Object.fromEntries(examples)).toEqual({
    ...{ customerName: 'Customer name', total: '1,234', rate: '5', due: '31 March 2026' },
    items: 'one, two, three',
  });
  expect([...examplesOf(['a', { name: 'b' }, 3]).keys()]).toEqual(['a', 'b']);
  const html = renderMarkdown('Dear {{ customerName }} {rate} {{#if x}} {{other}}', examples);
  expect(html.replaceAll(/<[^>]*>/g, '')).toBe('Dear Customer name 5 {{#if x}} {{other}}\n');
});

it('shows an image as a link, and leads nowhere that runs something', () => {
  expect(renderMarkdown('![A & B](https://other.example/x.png)')).toBe(
    '<p><a data-image="" href="https://other.example/x.png">A &amp; B</a></p>\n',
  );
  expect(renderMarkdown('[x](javascript:alert(1))')).not.toContain('href');
  expect(renderMarkdown('{{<script>}}')).not.toContain('<script>');
  expect(renderMarkdown('| a |\n|--:|\n| 1 |')).not.toContain('style');
});

it.each([
  ['https://example.com', true],
  ['mailto:a@example.com', true],
  ['../a.md', true],
  ['#part', true],
  ['javascript:alert(1)', false],
  [' java\tscript:alert(1)', false],
  ['\u0001javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['vbscript:x', false],
])('judges the address %j', (address, isSafe) => {
  expect(safeAddress(address) !== null).toBe(isSafe);
});

it('has the headings of a text, and the number of its words', () => {
  const text =
    '# One *two* ##\n\n```\n# no\n```\n\nThree\nfour\n---\n\n> # quoted\n\n###\n\n## [A](b) `c`\n';
  expect(outlineOf(text)).toEqual([
    { level: 1, text: 'One two' },
    { level: 2, text: 'Three four' },
    { level: 3, text: '' },
    { level: 2, text: 'A c' },
  ]);
  expect(wordCount("It's 3 × **bold** e-mails — über [x](y.z)")).toBe(7);
  expect(wordCount('')).toBe(0);
});

it.each([
  ['a\r\nb\r\nc', 'a\nB\nc\nd\n', 'a\r\nB\r\nc\r\nd\r\n'],
  ['a\nb\r\nc\n', 'a\nb\nc!\n', 'a\nb\r\nc!\n'],
  ['a\nb', 'a\nc', 'a\nc'],
])('keeps the line ends of %j', (before, edited, after) => {
  expect(keepLineEnds(before, edited)).toBe(after);
  expect(keepLineEnds(before, before.replaceAll('\r\n', '\n'))).toBe(before);
});

it.each([
  ['k/customers/a.md', 'k/customers/b.md', 'b.md'],
  ['k/customers/a.md', 'k/skills/x y.md', '../skills/x%20y.md'],
  ['a.md', 'k/b.md', 'k/b.md'],
  ['k/a/b/c.md', 'k/d.md', '../../d.md'],
])('links from %s to %s as %s', (from, to, way) => {
  expect(relativePath(from, to)).toBe(way);
});
