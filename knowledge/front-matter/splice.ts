import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';

/** A piece of a text and its replacement. Offsets refer to the old text. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** It is not certain that an edit would change nothing else. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Applies splices to a text. Throws a {@link Refusal} if two of them touch the same characters. */
export function applySplices(source: string, splices: readonly Splice[]): string {
  // Text that is inserted where something is removed comes after it. Insertions at the same position keep
  // their order.
  const ordered = [...splices].sort((one, other) => one.start - other.start || one.end - other.end);
  let result = '';
  let at = 0;
  for (const { start, end, text } of ordered) {
    if (start < at) throw new Refusal('The changes overlap.', start);
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}

export type MapNode = YAMLMap.Parsed;
export type SeqNode = YAMLSeq.Parsed;
export type PairNode = Pair<ParsedNode, ParsedNode | null>;

export function isMapNode(node: unknown): node is MapNode {
  return isMap(node);
}

export function isSeqNode(node: unknown): node is SeqNode {
  return isSeq(node);
}

/**
 * Throws a {@link Refusal} if a value contains something that other places refer to, or that we cannot write.
 * `referred` has the anchors that aliases refer to; any other anchor is only a name.
 */
export function requirePlain(
  node: ParsedNode | null,
  referred: ReadonlySet<string>,
  deep: boolean,
): void {
  if (node === null) return;
  if (isAlias(node)) throw new Refusal('This is an alias (*): edit the text.', node.range[0]);
  if (node.anchor !== undefined && referred.has(node.anchor))
    throw new Refusal(
      'This has an anchor (&) that other places use: edit the text.',
      node.range[0],
    );
  if (node.tag !== undefined)
    throw new Refusal('This has a tag (!): edit the text.', node.range[0]);
  if (!deep) return;
  if (isMapNode(node))
    for (const { key, value } of node.items) {
      requirePlain(key, referred, true);
      requirePlain(value, referred, true);
    }
  if (isSeqNode(node)) for (const item of node.items) requirePlain(item, referred, true);
}

/** The end of a node's own characters, which do not include comments and empty lines after it. */
export function endOf(node: ParsedNode, source: string): number {
  if (isScalar(node) && isBlockScalar(node)) return blockScalarEnd(node, source);
  if ((isMapNode(node) || isSeqNode(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last === undefined) return node.range[1];
    return 'key' in last ? pairEnd(last, source) : endOf(last, source);
  }
  return node.range[1];
}

export function pairEnd({ key, value }: PairNode, source: string): number {
  return Math.max(key.range[1], value === null ? 0 : endOf(value, source));
}

export function isBlockScalar(node: ParsedNode): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

/** Empty lines after a block scalar belong to it only if it keeps them (`|+`). */
function blockScalarEnd({ range }: ParsedNode, source: string): number {
  const text = source.slice(range[0], range[1]);
  if (/^[|>]\d?\+/.test(text)) return range[1];
  return range[0] + text.replace(/(\r?\n)(?:[ \t]*\r?\n)*[ \t]*$/, '$1').length;
}

/** The start of the line that contains an offset. */
export function lineStart(source: string, offset: number): number {
  return offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
}

/** The start of the line after the offset, or the offset itself if it follows a line end. */
export function nextLine(source: string, offset: number): number {
  if (offset > 0 && source[offset - 1] === '\n') return offset;
  const end = source.indexOf('\n', offset);
  return end === -1 ? source.length : end + 1;
}

/** Whether there are only spaces before the offset on its line. */
export function isFirstInLine(source: string, offset: number): boolean {
  return /^ *$/.test(source.slice(lineStart(source, offset), offset));
}

/** Whether there are only spaces after the offset on its line. */
export function isLastInLine(source: string, offset: number): boolean {
  return /^[ \t]*(?:\r?\n|$)/.test(source.slice(offset, source.indexOf('\n', offset) + 1));
}
