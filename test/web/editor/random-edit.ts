import { splitBlock } from 'prosemirror-commands';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { schema } from '../../../web/editor/document/schema.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';

/** What somebody did to one block of a document. */
export interface RandomEdit {
  /** Where the block is among the outermost blocks. */
  index: number;
  what: string;
  doc: Node;
}

const typed = [
  'x',
  ' word',
  'two words ',
  '*',
  '_',
  '# ',
  '- ',
  '1. ',
  '[a](b)',
  '<b>',
  '`',
  '|',
  '&amp;',
  '\\',
  '{{name}}',
  'é🚀',
];

/** One edit, by the steps that the editor itself makes, in one block; `null` if that block has nothing to edit. */
export function randomEdit(doc: Node, random: SeededRandom): RandomEdit | null {
  const index = random.below(doc.childCount);
  const places: { node: Node; pos: number }[] = [];
  let start = 0;
  for (let at = 0; at < index; at += 1) start += doc.child(at).nodeSize;
  const block = doc.child(index);
  if (block.isTextblock) places.push({ node: block, pos: start });
  block.descendants((node, pos) => {
    if (node.isTextblock) places.push({ node, pos: start + 1 + pos });
  });
  if (places.length === 0) return null;
  const { node, pos } = random.of(places);
  const state = EditorState.create({ doc });
  const { what, tr } = edit(state, random, {
    from: pos + 1,
    size: node.content.size,
    node,
    block,
    start,
  });
  return tr.doc.eq(doc) ? null : { index, what, doc: tr.doc };
}

interface Place {
  /** Where the text begins, how long it is, and the outermost block that it is in. */
  from: number;
  size: number;
  node: Node;
  block: Node;
  start: number;
}

function edit(
  state: EditorState,
  random: SeededRandom,
  { from, size, node, block, start }: Place,
): { what: string; tr: Transaction } {
  const at = from + random.below(size + 1);
  const until = Math.min(from + size, at + 1 + random.below(8));
  const { tr } = state;
  switch (random.below(node.type.spec.code === true ? 2 : 6)) {
    case 0:
      return { what: 'type', tr: tr.insertText(random.of(typed), at) };
    case 1:
      return { what: 'delete', tr: tr.delete(at, until) };
    case 2: {
      const { strong, em, code, strike } = schema.marks;
      const mark = random.of([strong, em, code, strike]);
      return { what: mark.name, tr: tr.addMark(at, until, mark.create()) };
    }
    case 3: {
      let split = tr;
      const here = state.apply(tr.setSelection(TextSelection.create(tr.doc, at)));
      if (block.type !== schema.nodes.table) splitBlock(here, (made) => (split = made));
      return { what: 'split', tr: split };
    }
    case 4:
      return {
        what: 'remove the block',
        tr: state.doc.childCount > 1 ? tr.delete(start, start + block.nodeSize) : tr,
      };
    default: {
      const paragraph = schema.node('paragraph', null, [schema.text('A new paragraph.')]);
      return { what: 'add a paragraph after', tr: tr.insert(start + block.nodeSize, paragraph) };
    }
  }
}
