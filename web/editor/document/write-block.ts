import type { Node } from 'prosemirror-model';
import { MarkdownSerializer, type MarkdownSerializerState } from 'prosemirror-markdown';
import { isEmpty } from './same-blocks.ts';
import { schema } from './schema.ts';
import { withoutIdle } from './without-idle.ts';
import { marks, target } from './write-marks.ts';
import { writeParts, type Escaping } from './write-text.ts';

type State = MarkdownSerializerState;
type WriteNode = (state: State, node: Node, parent: Node, index: number) => void;

const written: Record<string, WriteNode> = {
  paragraph(state, node) {
    state.renderInline(node);
    state.closeBlock(node);
  },
  heading(state, node) {
    state.write(`${'#'.repeat(Number(node.attrs.level))} `);
    state.renderInline(node, false);
    state.closeBlock(node);
  },
  blockquote(state, node) {
    state.wrapBlock('> ', null, node, () => renderBlocks(state, node));
  },
  code_block(state, node) {
    const { params } = node.attrs as { params: string };
    const mark = params.includes('`') ? '~' : '`';
    const runs = node.textContent.match(mark === '`' ? /`{3,}/g : /~{3,}/g) ?? [];
    const fence = mark.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
    state.write(`${fence}${params}\n`);
    if (node.textContent !== '') {
      state.text(node.textContent, false);
      state.write('\n');
    }
    state.write(fence);
    state.closeBlock(node);
  },
  horizontal_rule(state, node) {
    state.write('---');
    state.closeBlock(node);
  },
  bullet_list(state, node, parent, index) {
    const { lead, pad } = node.attrs as { lead: number; pad: number };
    const marker = otherThanBefore(node, parent, index, ['-', '*']);
    const before = ' '.repeat(lead);
    const after = ' '.repeat(pad);
    state.renderList(node, `${before} ${after}`, () => `${before}${marker}${after}`);
  },
  ordered_list(state, node, parent, index) {
    const { lead, pad, order } = node.attrs as { lead: number; pad: number; order: number };
    const marker = otherThanBefore(node, parent, index, ['.', ')']);
    const before = ' '.repeat(lead);
    const widest = String(order + node.childCount - 1).length;
    const delimiter = ' '.repeat(lead + widest + 1 + pad);
    state.renderList(node, delimiter, (at) => `${before}${order + at}${marker}${' '.repeat(pad)}`);
  },
  list_item(state, node) {
    const { checked } = node.attrs as { checked: boolean | null };
    if (checked !== null && node.textContent !== '') state.write(checked ? '[x] ' : '[ ] ');
    renderBlocks(state, node);
  },
  source_block(state, node) {
    state.text(node.textContent, false);
    state.closeBlock(node);
  },
  table(state, node) {
    node.forEach((row, _, at) => {
      if (at > 0) {
        state.ensureNewLine();
        state.write('');
      }
      writeRow(state, row);
      if (at === 0) writeAlignment(state, row);
    });
    state.closeBlock(node);
  },
  hard_break(state, node, parent, index) {
    for (let at = index + 1; at < parent.childCount; at += 1)
      if (parent.child(at).type !== node.type) {
        state.write('\\\n');
        return;
      }
  },
  image(state, { attrs }) {
    const { src, alt, title } = attrs as { src: string; alt: string; title: string | null };
    state.write(`![${alt}](${target(src, title)})`);
  },
  raw(state, { attrs }) {
    state.write(String(attrs.text));
  },
};

/** The blocks inside another one. An empty paragraph is nothing in Markdown, and ends an item that begins with it. */
function renderBlocks(state: State, parent: Node): void {
  parent.forEach((node, _, index) => {
    if (parent.childCount === 1 || !isEmpty(node)) state.render(node, parent, index);
  });
}

/** Two lists of the same kind would become one if their markers did not differ. */
function otherThanBefore(
  node: Node,
  parent: Node,
  index: number,
  markers: [string, string],
): string {
  const { marker } = node.attrs as { marker: string };
  const before = index === 0 ? null : parent.child(index - 1);
  const isSame = before?.type === node.type && before.attrs.marker === marker;
  return isSame ? (markers.find((one) => one !== marker) ?? marker) : marker;
}

function writeRow(state: State, row: Node): void {
  state.write('|');
  row.forEach((cell) => {
    const start = outOf(state).out.length;
    state.renderInline(cell, false);
    const said = outOf(state).out.slice(start);
    // A line of a table is one line, and a bar ends a cell even in code.
    const inCell = said
      .replaceAll(/\\?\n\s*/g, ' ')
      .replaceAll('|', '\\|')
      .trim();
    outOf(state).out = `${outOf(state).out.slice(0, start)} ${inCell} |`.replace(/ {2}\|$/, ' |');
  });
}

function writeAlignment(state: State, row: Node): void {
  state.ensureNewLine();
  state.write('|');
  row.forEach(({ attrs }) => state.write(` ${rules[String(attrs.align)] ?? '---'} |`));
}

const rules: Record<string, string> = { left: ':---', right: '---:', center: ':---:' };

/** The text that was written so far, which the library keeps for itself. */
function outOf(state: State): { out: string } {
  return state as unknown as { out: string };
}

function serializer(escaping: Escaping): MarkdownSerializer {
  const text = writeParts(escaping);
  // What would be a tag or a character's name.
  const escapeExtraCharacters = /<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)/g;
  // Beside `**` and letters, `_` is told from them.
  const mark = escaping === 'letters' ? '_' : '*';
  const em = { ...marks.em, open: mark, close: mark };
  return new MarkdownSerializer({ ...written, text }, { ...marks, em }, { escapeExtraCharacters });
}

const serializers = {
  usual: serializer('usual'),
  addresses: serializer('addresses'),
  every: serializer('every'),
  letters: serializer('letters'),
};

/** A block as Markdown, with `\n` between its lines and none at its end. */
export function writeBlock(block: Node, escaping: Escaping = 'usual'): string {
  return serializers[escaping].serialize(schema.node('doc', null, [withoutIdle(block, false)]));
}
