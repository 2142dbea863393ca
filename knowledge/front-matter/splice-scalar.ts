import type { Scalar } from 'yaml';
import type { JsonValue } from '../../model/knowledge/entry.ts';
import { isBlockScalar, isLastInLine, type Splice } from './splice.ts';
import {
  flowText,
  isLiteral,
  literalLines,
  literalText,
  type Quoting,
  type YamlStyle,
} from './yaml-text.ts';

/** The context of a scalar, which decides how new text is written. */
interface ScalarSlot {
  style: YamlStyle;
  inFlow: boolean;
  /** The column for the lines of a block scalar that has none yet. */
  indent: number;
}

/** Replaces a scalar by a value, in the scalar's own style if the value allows it. */
export function scalarSplice(
  source: string,
  node: Scalar.Parsed,
  value: JsonValue,
  slot: ScalarSlot,
): Splice {
  const [start, end] = node.range;
  if (isBlockScalar(node))
    return { start, end, text: blockScalar(source.slice(start, end), value, slot) };
  const { style, inFlow, indent } = slot;
  const isLines = typeof value === 'string' && isLiteral(value);
  const canBeBlock = !inFlow && !style.quoted && isLastInLine(source, end);
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  const text =
    isLines && canBeBlock && !isQuoted
      ? literalText(value, indent, style.lineEnd)
      : flowText(value, style, quotingOf(node), inFlow);
  // An empty value (`key:`) is also null. The colon before it and a comment after it need spaces.
  const before = start === end && /[^\s[{(]/.test(source[start - 1] ?? ' ') ? ' ' : '';
  const after = source[end] === '#' ? ' ' : '';
  return { start, end, text: before + text + after };
}

function quotingOf({ type }: Scalar.Parsed): Quoting {
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

/** A block scalar keeps its header's comment, its indentation, and the empty lines after it. */
function blockScalar(old: string, value: JsonValue, { style, indent }: ScalarSlot): string {
  const [header = ''] = /^[^\r\n]*/.exec(old) ?? [];
  const { indicator = '|', comment = '' } =
    /^(?<indicator>[|>][-+\d]*)(?<comment>.*)$/s.exec(header)?.groups ?? {};
  const keeps = indicator.includes('+');
  const lineEnd = /\r?\n/.exec(old)?.[0] ?? style.lineEnd;
  const blank = keeps ? '' : (/\r?\n((?:[ \t]*\r?\n)*[ \t]*)$/.exec(old)?.[1] ?? '');
  if (typeof value !== 'string' || style.quoted || !isLines(keeps ? oneEnd(value) : value))
    return flowText(value, style, 'plain', false) + comment + lineEnd + blank;
  const own = /\n( +)[^\s]/.exec(old)?.[1]?.length ?? indent;
  const isFolded = indicator.startsWith('>') && isFoldable(value);
  const chomping = !value.endsWith('\n') ? '-' : keeps ? '+' : '';
  const lines = isFolded ? value.replace(/(?<=[^\n])\n(?=[^\n])/g, '\n\n') : value;
  const tail = chomping === '+' ? '' : blank;
  return `${isFolded ? '>' : '|'}${chomping}${comment}${lineEnd}${literalLines(lines, own, lineEnd)}${lineEnd}${tail}`;
}

/** If there is already a block, one line is enough. */
function isLines(text: string): boolean {
  return isLiteral(text.includes('\n') ? text : `${text}\n`);
}

/** Folding turns single line ends into spaces, but doubled ones stay. Other forms are not folded. */
function isFoldable(text: string): boolean {
  return !/^[ \t]/m.test(text) && !oneEnd(text).includes('\n\n');
}

/** The text with at most one line end at its end. The lookbehind keeps this linear. */
function oneEnd(text: string): string {
  return text.replace(/(?<!\n)\n+$/, '\n');
}
