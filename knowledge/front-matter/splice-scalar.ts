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

/** Where a scalar stands, and how new text is written there. */
interface ScalarSlot {
  style: YamlStyle;
  inFlow: boolean;
  /** The column of a block scalar's lines where there are none yet. */
  indent: number;
}

/** Replaces a scalar by a value, in its own style where the value allows it. */
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
  // Nothing at all (`key:`) is null, too: the colon and a comment after it want their spaces.
  const before = start === end && /[^\s[{(]/.test(source[start - 1] ?? ' ') ? ' ' : '';
  const after = source[end] === '#' ? ' ' : '';
  return { start, end, text: before + text + after };
}

function quotingOf({ type }: Scalar.Parsed): Quoting {
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

/** A block scalar keeps its header's comment, its indentation and the empty lines that are not its own. */
function blockScalar(old: string, value: JsonValue, { style, indent }: ScalarSlot): string {
  const [header = ''] = /^[^\r\n]*/.exec(old) ?? [];
  const { indicator = '|', comment = '' } =
    /^(?<indicator>[|>][-+\d]*)(?<comment>.*)$/s.exec(header)?.groups ?? {};
  const keeps = indicator.includes('+');
  const lineEnd = /\r?\n/.exec(old)?.[0] ?? style.lineEnd;
  const blank = keeps ? '' : (/\r?\n((?:[ \t]*\r?\n)*[ \t]*)$/.exec(old)?.[1] ?? '');
  if (typeof value !== 'string' || style.quoted || !isLines(value))
    return flowText(value, style, 'plain', false) + comment + lineEnd + blank;
  const own = /\n( +)[^\s]/.exec(old)?.[1]?.length ?? indent;
  const isFolded = indicator.startsWith('>') && isFoldable(value);
  const endings = /\n*$/.exec(value)?.[0].length ?? 0;
  const chomping = endings === 0 ? '-' : endings > 1 || keeps ? '+' : '';
  const lines = isFolded ? value.replace(/(?<=[^\n])\n(?=[^\n])/g, '\n\n') : value;
  const tail = chomping === '+' ? '' : blank;
  return `${isFolded ? '>' : '|'}${chomping}${comment}${lineEnd}${literalLines(lines, own, lineEnd)}${lineEnd}${tail}`;
}

/** One line is enough where a block is there already. */
function isLines(text: string): boolean {
  return isLiteral(text.includes('\n') ? text : `${text}\n`);
}

/** Folding takes single line ends for spaces: written twice they stay. Other shapes are written as they are. */
function isFoldable(text: string): boolean {
  return !/^[ \t]/m.test(text) && !text.replace(/\n+$/, '').includes('\n\n');
}
