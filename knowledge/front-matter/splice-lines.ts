import type { JsonValue } from '../../model/knowledge/entry.ts';
import {
  endOf,
  isFirstInLine,
  lineStart,
  nextLine,
  Refusal,
  type PairNode,
  type SeqNode,
  type Splice,
} from './splice.ts';
import { itemText, type YamlStyle } from './yaml-text.ts';

/** The changes in a block list. */
export interface ListChange {
  node: SeqNode;
  /** The offsets of the items' dashes. */
  dashes: readonly number[];
  /** Whether an item is removed. */
  goes: (at: number) => boolean;
  /** The index of the item after which new ones are inserted, or -1 to insert before the first. */
  after: number;
  texts: readonly JsonValue[];
}

/**
 * Removes a key or an item with its value: all of its lines, or if the next one follows on the same line, the
 * part before that. Throws {@link Refusal}.
 */
export function lineRemoval(
  source: string,
  { start, end, next }: { start: number; end: number; next: number | null },
): Splice {
  if (isFirstInLine(source, start))
    return { start: lineStart(source, start), end: nextLine(source, end), text: '' };
  if (next !== null && /^\s*$/.test(source.slice(end, next))) return { start, end: next, text: '' };
  throw new Refusal('This shares its line with something else: edit the text.', start);
}

/** Removes and inserts items of a block list, each on its own lines. Throws {@link Refusal}. */
export function itemSplices(
  source: string,
  { node, dashes, goes, after, texts }: ListChange,
  style: YamlStyle,
): Splice[] {
  const splices: Splice[] = [];
  node.items.forEach((item, at) => {
    const dash = dashes[at];
    if (!goes(at) || dash === undefined) return;
    const end = Math.max(dash + 1, endOf(item, source));
    splices.push(lineRemoval(source, { start: dash, end, next: dashes[at + 1] ?? null }));
  });
  const [first] = dashes;
  if (texts.length === 0 || first === undefined) return splices;
  const before = node.items[after];
  const dash = dashes[after];
  const column = columnOf(source, first);
  if (dash === undefined && !isFirstInLine(source, first))
    throw new Refusal('This list begins on the line of another: edit the text.', first);
  const at =
    dash === undefined
      ? lineStart(source, first)
      : nextLine(source, Math.max(dash + 1, before ? endOf(before, source) : 0));
  for (const item of texts)
    splices.push({
      start: at,
      end: at,
      text: `${' '.repeat(column)}-${itemText(item, column, style)}${style.lineEnd}`,
    });
  return splices;
}

/** The distance of an offset from the start of its line. */
export function columnOf(source: string, offset: number): number {
  return offset - lineStart(source, offset);
}

/** The offsets of a block list's dashes. Throws {@link Refusal}. */
export function dashesOf(node: SeqNode): number[] {
  const { srcToken: token } = node;
  if (token?.type !== 'block-seq')
    throw new Refusal('This list cannot be split into items: edit the text.', node.range[0]);
  return token.items.flatMap(({ start }) =>
    start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset),
  );
}

/** The offset of the colon after a key. `null` if there is none, or if the key is written with a `?`. */
export function colonOf({ srcToken }: Pick<PairNode, 'srcToken'>): number | null {
  if (srcToken === undefined || srcToken.start.some(({ type }) => type === 'explicit-key-ind'))
    return null;
  return srcToken.sep?.find(({ type }) => type === 'map-value-ind')?.offset ?? null;
}
