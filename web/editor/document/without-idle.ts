import { Fragment, type Node } from 'prosemirror-model';
import { isEmpty } from './same-blocks.ts';
import { schema } from './schema.ts';

/** Without what means nothing: a break and a blank are never bold, a chip in code is a text, and an item is no item yet. */
export function withoutIdle(node: Node, isNested: boolean): Node {
  if (node.type === schema.nodes.hard_break) return node.mark([]);
  const code = schema.marks.code.isInSet(node.marks);
  if (node.type === schema.nodes.raw && code)
    return schema.text(String(node.attrs.text), node.marks);
  if (node.isLeaf) return node;
  const children: Node[] = [];
  node.forEach((child) => {
    // An empty item right after a text would underline it, or be more of it.
    const isIdle = isNested && child.type.name === 'list_item' && isEmpty(child);
    if (child.isText) children.push(...withoutMarkedBlanks(child));
    else if (isIdle && !isEmpty(node)) return;
    else children.push(withoutIdle(child, node.type.name === 'list_item'));
  });
  if (node.isTextblock && node.type.spec.code !== true) trimEnds(children);
  return node.copy(Fragment.fromArray(children));
}

/** Blanks at the ends of a paragraph would be indentation, or nothing. */
function trimEnds(children: Node[]): void {
  while (children[0]?.isText === true && children[0].textContent.trim() === '') children.shift();
  while (children.at(-1)?.isText === true && children.at(-1)?.textContent.trim() === '')
    children.pop();
  trimAt(children, 0, (text) => text.trimStart());
  trimAt(children, children.length - 1, (text) => text.trimEnd());
}

function trimAt(children: Node[], at: number, trim: (text: string) => string): void {
  const node = children[at];
  if (node?.isText !== true || schema.marks.code.isInSet(node.marks)) return;
  children[at] = schema.text(trim(node.text ?? ''), node.marks);
}

function withoutMarkedBlanks(node: Node): Node[] {
  const kept = node.marks.filter(({ type }) => type.name === 'link');
  if (kept.length === node.marks.length || schema.marks.code.isInSet(node.marks)) return [node];
  const [, before = '', text = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(node.text ?? '') ?? [];
  return [
    ...(before === '' ? [] : [schema.text(before, kept)]),
    ...(text === '' ? [] : [schema.text(text, node.marks)]),
    ...(after === '' ? [] : [schema.text(after, kept)]),
  ];
}
