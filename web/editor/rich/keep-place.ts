import { Fragment, type Node } from 'prosemirror-model';
import { meaningOf } from '../document/same-blocks.ts';
import { schema } from '../document/schema.ts';

/**
 * The document that takes the place of another while somebody writes, and where the cursor is in it: in what it was in
 * before. An empty line that was just begun is nothing in Markdown; it is begun again.
 */
export function keepPlace(before: Node, head: number, now: Node): { doc: Node; at: number } {
  const $head = before.resolve(head);
  const index = $head.index(0);
  const isFromStart = sameUntil(before, now, index);
  const inNow = (at: number) =>
    Math.max(0, isFromStart ? at : now.content.size - (before.content.size - at));
  const isNewLine = before.childCount > 1 && $head.depth === 1 && isEmptyLine($head.parent);
  const line = isNewLine ? inNow(isFromStart ? $head.before(1) : $head.after(1)) : -1;
  if (line < 0 || line > now.content.size || now.resolve(line).depth > 0)
    return { doc: now, at: Math.min(inNow(head), now.content.size) };
  const blocks = now.content
    .cut(0, line)
    .append(Fragment.from(schema.node('paragraph')))
    .append(now.content.cut(line));
  return { doc: now.copy(blocks), at: line + 1 };
}

function isEmptyLine({ type, content }: Node): boolean {
  return type === schema.nodes.paragraph && content.size === 0;
}

/** Whether what is before a block is the same in both. */
function sameUntil(before: Node, now: Node, index: number): boolean {
  for (let block = 0; block < index; block += 1) {
    const one = before.maybeChild(block);
    const other = now.maybeChild(block);
    if (one === null || other === null || meaningOf(one) !== meaningOf(other)) return false;
  }
  return true;
}
