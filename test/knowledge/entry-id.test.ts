import { expect, it } from 'vitest';
import { isEntryId, plainId, visibleId } from '../../knowledge/entries/entry-id.ts';

it.each([
  ['acme', true],
  ['0015g00000XyZ', true],
  ['Škoda Auto', true],
  ['', false],
  ['~of-a-path', false],
  ['two\nlines', false],
  ['half \ud83d', false],
  ['x'.repeat(201), false],
])('%j can be an id: %s', (text, is) => {
  expect(isEntryId(text)).toBe(is);
});

it.each([
  ['---\nid: acme\n---\n', 'acme'],
  ['---\r\nname: "A # b"\r\nid: \'a.b\'\r\n---\r\n', 'a.b'],
  ['---\nowners:\n  - id: not-this\nid: 42\n---\n', '42'],
  ['---\nnote: |\n  id: not-this\nid: this\n---\nid: nor this\n', 'this'],
])('finds the id without parsing YAML in %j', (text, id) => {
  expect(plainId(text)).toBe(id);
});

it.each([
  '---\nname: Acme\n---\nid: in the body\n',
  '---\nid: acme\nid: twice\n---\n',
  '---\nid: null\n---\n',
  '---\nid: 007\n---\n',
  '---\nid: 1e3\n---\n',
  '---\nid: &anchor acme\n---\n',
  '---\nid: acme # a comment\n---\n',
  '---\nid: spans\n  lines\n---\n',
  '---\n? id\n: acme\n---\n',
  '---\nid: acme\n',
  'id: acme\n',
])('finds no id without parsing YAML in %j', (text) => {
  expect(plainId(text)).toBeUndefined();
});

it.each([
  ['---\nname: "multi\nid: fake\ny: z"\n---\n', 'fake'],
  ['---\nid: acme\ntags: [a,\nother: b]\n---\n', 'acme'],
  ['---\nid: acme\nowner: {\n---\n', 'acme'],
  ["---\nid: acme\nnames:\n  - 'a\nx: b'\n---\n", 'acme'],
])('leaves it to a parser where a value may go on at the start of a line: %j', (text, visible) => {
  expect(plainId(text)).toBeUndefined();
  expect(visibleId(text)).toBe(visible);
});
