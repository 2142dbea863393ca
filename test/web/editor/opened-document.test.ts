import type { Node } from 'prosemirror-model';
import { EditorState, type Transaction } from 'prosemirror-state';
import { expect, it } from 'vitest';
import { OpenedDocument } from '../../../web/editor/document/opened-document.ts';
import { schema } from '../../../web/editor/document/schema.ts';

/** The text after an edit of the document. */
function edited(text: string, edit: (tr: Transaction, doc: Node) => Transaction): string {
  const opened = new OpenedDocument(text);
  const { tr } = EditorState.create({ doc: opened.doc });
  return opened.textOf(edit(tr, opened.doc).doc);
}

/** Types after a text that occurs once. */
function typed(text: string, after: string, what: string): string {
  return edited(text, (tr, doc) => tr.insertText(what, place(doc, after) + after.length));
}

/** Where a text is in a document. */
function place(doc: Node, wanted: string): number {
  let found = -1;
  doc.descendants((node, pos) => {
    const at = node.isText ? (node.text ?? '').indexOf(wanted) : -1;
    if (at >= 0) found = pos + at;
  });
  if (found === -1) throw new Error(`There is no ${wanted}.`);
  return found;
}

function kindsOf(text: string): string[] {
  const kinds: string[] = [];
  new OpenedDocument(text).doc.forEach(({ type }) => kinds.push(type.name));
  return kinds;
}

it.each([
  [
    'a wrapped paragraph',
    'One line\nof two __lines__.\n',
    'two ',
    'new ',
    'One line\nof two new __lines__.\n',
  ],
  ['a heading with a line below', 'Title\n=====\ntext\n', 'Title', '!', 'Title!\n=====\ntext\n'],
  ['a heading with marks after it', '## Two ##\n', 'Two', '!', '## Two! ##\n'],
  ['a list with stars', '* a\n* b\n', 'a', 'x', '* ax\n* b\n'],
  ['a list indented by four', '- a\n    - b\n', 'b', 'x', '- a\n    - bx\n'],
  ['numbers that are all 1', '1. a\n1. b\n', 'b', 'x', '1. a\n1. bx\n'],
  [
    'a table with its own widths',
    '|a   |b|\n|:---|-|\n|1   |2|\n',
    '2',
    '3',
    '|a   |b|\n|:---|-|\n|1   |23|\n',
  ],
  ['indented code', '    one\n    two\n', 'one', '!', '    one!\n    two\n'],
  ['tildes around code', '~~~ js\na\n~~~\n', 'a', 'b', '~~~ js\nab\n~~~\n'],
  ['a character by its name', '&copy; by us\n', 'by', '!', '&copy; by! us\n'],
  ['Windows line ends', 'one\r\ntwo\r\n\r\nthree\r\n', 'two', '!', 'one\r\ntwo!\r\n\r\nthree\r\n'],
  ['a text without a final line end', '# A\n\nb', 'b', '!', '# A\n\nb!'],
  ['a break with blanks', 'one  \ntwo\n', 'two', '!', 'one  \ntwo!\n'],
  ['a task', '- [X] done\n', 'done', '!', '- [X] done!\n'],
  ['a quotation', '>a\nb\n', 'b', '!', '>a\nb!\n'],
  [
    'a tag of a template',
    'Dear {{name}}, {{#if a_b}}yes{{/if}}\n',
    'yes',
    '!',
    'Dear {{name}}, {{#if a_b}}yes!{{/if}}\n',
  ],
])('types into %s, and the rest of it stays', (_, before, after, what, expected) => {
  expect(typed(before, after, what)).toBe(expected);
});

it('writes what was typed so that it is read as it was typed', () => {
  expect(typed('a\n', 'a', ' *b* <i> [c](d) &amp; `e`')).toBe(
    'a \\*b\\* \\<i> \\[c\\](d) \\&amp; \\`e\\`\n',
  );
  expect(typed('a\n', 'a', ' https://example.com/x_y_z, {{name}} and snake_case')).toBe(
    'a https://example.com/x_y_z, {{name}} and snake_case\n',
  );
});

it('adds an item as the list is written', () => {
  const added = edited('*   a\n*   b\n', (tr, doc) => {
    const item = schema.node('list_item', null, [
      schema.node('paragraph', null, [schema.text('new')]),
    ]);
    return tr.insert(doc.child(0).nodeSize - 1, item);
  });
  expect(added).toBe('*   a\n*   b\n*   new\n');
});

it('puts an empty line between blocks that would become one', () => {
  const lines = '# Title\ntext\n';
  const both = edited(lines, (tr) => tr.setBlockType(1, 2, schema.node('paragraph').type));
  expect(both).toBe('Title\n\ntext\n');
  const lists = edited('- a\n\ntext\n\n- b\n', (tr, doc) =>
    tr.delete(doc.child(0).nodeSize, doc.child(0).nodeSize + doc.child(1).nodeSize),
  );
  expect(lists).toBe('- a\n\n<!-- -->\n\n- b\n');
});

it('keeps what is at the end of the file when another block is the last', () => {
  const removed = edited('a\n\nb\n', (tr) => tr.delete(3, 6));
  expect(removed).toBe('a\n');
  const added = edited('a', (tr) =>
    tr.insert(3, schema.node('paragraph', null, [schema.text('b')])),
  );
  expect(added).toBe('a\n\nb');
  const list = schema.nodeFromJSON({
    type: 'bullet_list',
    content: [
      {
        type: 'list_item',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'b' }] }],
      },
    ],
  });
  expect(edited('a\n', (tr) => tr.insert(3, list))).toBe('a\n\n- b\n');
});

it.each([
  ['HTML', '<div>\n*x*\n</div>', ['source_block']],
  [
    'a link by a name that is defined elsewhere',
    'See [x].\n\n[x]: /y',
    ['source_block', 'source_block'],
  ],
  ['the text of a footnote', 'a[^1]\n\n[^1]: note', ['paragraph', 'source_block']],
  ['formulas', '$$\nx\n$$', ['source_block']],
  ['a cell beyond the table', '|a|\n|-|\n|1|2|', ['source_block']],
  ['a definition inside a quotation', '> [x]: /y', ['source_block']],
  ['a container', ':::note\nx\n:::', ['source_block']],
  [
    'a line between, which is a rule',
    'a\n\n---\n\nb',
    ['paragraph', 'horizontal_rule', 'paragraph'],
  ],
])('shows %s as it can be shown', (_, text, kinds) => {
  expect(kindsOf(text)).toEqual(kinds);
});

it('is the same again after an edit that was taken back', () => {
  const text = 'A  \nwrapped __text__ with &amp;\n\n* list\n';
  expect(edited(text, (tr) => tr.insertText('x', 2).delete(2, 3))).toBe(text);
});
