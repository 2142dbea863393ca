import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, Mark, NodeType } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { schema } from '../document/schema.ts';
import { listAround } from './list-commands.ts';

const { nodes, marks } = schema;

/** What a paragraph can be. */
export type BlockKind = 'paragraph' | 'heading1' | 'heading2' | 'heading3' | 'code_block';

/** What the selection is in, for the buttons that say so. */
export interface Around {
  block: BlockKind | 'other';
  list: ReturnType<typeof listAround>;
  strong: boolean;
  em: boolean;
  strike: boolean;
  code: boolean;
  link: Mark | null;
  quote: boolean;
  table: boolean;
  /** Whether nothing is selected. */
  isEmpty: boolean;
}

/** What the selection of an editor is in. */
export function aroundSelection(state: EditorState): Around {
  const { $from } = state.selection;
  const inside = (type: NodeType | undefined) => {
    for (let depth = $from.depth; depth > 0; depth -= 1)
      if ($from.node(depth).type === type) return true;
    return false;
  };
  return {
    block: blockKind($from.parent.type, $from.parent.attrs),
    list: listAround(state),
    strong: hasMark(state, 'strong'),
    em: hasMark(state, 'em'),
    strike: hasMark(state, 'strike'),
    code: hasMark(state, 'code'),
    link: linkAround(state),
    quote: inside(nodes.blockquote),
    table: inside(nodes.table),
    isEmpty: state.selection.empty,
  };
}

function blockKind(type: NodeType, { level }: Attrs): Around['block'] {
  if (type === nodes.paragraph) return 'paragraph';
  if (type === nodes.code_block) return 'code_block';
  if (type === nodes.heading && Number(level) <= 3) return `heading${String(level)}` as BlockKind;
  return 'other';
}

function hasMark(state: EditorState, name: 'strong' | 'em' | 'strike' | 'code'): boolean {
  const { from, to, empty, $from } = state.selection;
  const type = marks[name];
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

function linkAround({ selection: { $from, empty }, doc, selection }: EditorState): Mark | null {
  if (empty)
    return (
      marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []) ?? null
    );
  let found: Mark | null = null;
  doc.nodesBetween(selection.from, selection.to, (node) => {
    found ??= marks.link.isInSet(node.marks) ?? null;
  });
  return found;
}

/** Makes what is selected bold or the like, or takes that away. */
export function toggle(name: 'strong' | 'em' | 'strike' | 'code'): Command {
  return toggleMark(marks[name]);
}

/** Makes the paragraphs that are selected something else. They are still the same pieces of the file. */
export function makeBlock(kind: BlockKind): Command {
  return (state, dispatch, view) => {
    const { source = null } = state.selection.$from.parent.attrs as { source?: unknown };
    const level = kind.startsWith('heading') ? Number(kind.at(-1)) : null;
    const type = level === null ? nodes[kind] : nodes.heading;
    if (type === undefined) return false;
    return setBlockType(type, { source, ...(level !== null && { level }) })(state, dispatch, view);
  };
}

/** Makes a quotation of what is selected, or takes it out of one. */
export const toggleQuote: Command = (state, dispatch, view) => {
  if (nodes.blockquote === undefined) return false;
  return aroundSelection(state).quote
    ? lift(state, dispatch, view)
    : wrapIn(nodes.blockquote)(state, dispatch, view);
};

/** Draws a line after the block, and goes on below it. */
export const addRule: Command = (state, dispatch) => {
  const { horizontal_rule: rule, paragraph } = nodes;
  if (rule === undefined || paragraph === undefined) return false;
  if (dispatch) {
    const after = state.selection.$to.after(1);
    const tr = state.tr.insert(after, [rule.create(), paragraph.create()]);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 2)).scrollIntoView());
  }
  return true;
};

/** Adds a table after the block: a head and two rows of three columns. */
export const addTable: Command = (state, dispatch) => {
  const { table, table_row: row, table_header: head, table_cell: cell } = nodes;
  if (!table || !row || !head || !cell || aroundSelection(state).table) return false;
  if (dispatch) {
    const cells = (type: NodeType) => [0, 1, 2].map(() => type.create());
    const rows = [head, cell, cell].map((type) => row.create(null, cells(type)));
    const after = state.selection.$to.after(1);
    const tr = state.tr.insert(after, table.create(null, rows));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 3)).scrollIntoView());
  }
  return true;
};

/** Adds a chip at the selection. */
export function addRaw(text: string): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.node('raw', { text }), false).scrollIntoView());
    return true;
  };
}

/** Adds an image at the selection. */
export function addImage(attrs: { src: string; alt: string }): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.node('image', attrs), false).scrollIntoView());
    return true;
  };
}

/** Links what is selected, or the link around it, or a new text; without an address, it is no link any more. */
export function setLink(href: string, text: string): Command {
  return (state, dispatch) => {
    const { from, to } = linkRange(state);
    const tr = state.tr.removeMark(from, to, marks.link);
    if (href !== '') {
      if (from === to) tr.insertText(text === '' ? href : text, from);
      tr.addMark(from, tr.mapping.map(to), marks.link.create({ href }));
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** What is selected; if that is nothing, the whole link that it is in. */
function linkRange(state: EditorState): { from: number; to: number } {
  const { from, to, empty, $from } = state.selection;
  const link = linkAround(state);
  if (!empty || link === null) return { from, to };
  const start = $from.start();
  const range = { from, to };
  $from.parent.forEach((node, offset) => {
    if (link.isInSet(node.marks)) {
      const [begin, end] = [start + offset, start + offset + node.nodeSize];
      if (begin <= from && end >= from) Object.assign(range, { from: begin, to: end });
    }
  });
  return range;
}
