import type { JsonValue } from '../../model/knowledge/entry.ts';

/** How to write new text into a file. */
export interface YamlStyle {
  lineEnd: '\n' | '\r\n';
  /** Whether to put everything in double quotes, for when the file's own style does not work. */
  quoted: boolean;
  /** How far the dashes of a block list are indented from their key, usually 0 or 2. */
  listIndent: number;
}

/** How to write a text: as it is, or in quotes. */
export type Quoting = 'plain' | 'single' | 'double';

/** A value on one line. `inFlow` means inside brackets, where a comma ends a plain text. */
export function flowText(
  value: JsonValue,
  style: YamlStyle,
  quoting: Quoting = 'plain',
  inFlow = true,
): string {
  if (typeof value === 'string')
    return stringText(value, style.quoted ? 'double' : quoting, inFlow);
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, style)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(
      ([key, of]) => `${keyText(key, style)}: ${flowText(of, style)}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return String(value);
}

/** A key, without its colon. */
export function keyText(key: string, style: YamlStyle): string {
  return stringText(key, style.quoted ? 'double' : 'plain', true);
}

/**
 * The text after `key:` in a block. It begins with a space or a line end, and ends without a line end.
 * `indent` is the column of the key.
 */
export function blockText(value: JsonValue, indent: number, style: YamlStyle): string {
  if (Array.isArray(value) && value.length > 0) {
    const column = indent + style.listIndent;
    return value
      .map((item) => `${style.lineEnd}${' '.repeat(column)}-${itemText(item, column, style)}`)
      .join('');
  }
  if (isFilledMap(value))
    return Object.entries(value)
      .map(
        ([key, of]) =>
          `${style.lineEnd}${' '.repeat(indent + 2)}${pairText(key, of, indent + 2, style)}`,
      )
      .join('');
  return ` ${leafText(value, indent + 2, style)}`;
}

/** A key and its value in a block, without indentation before it and a line end after it. */
export function pairText(key: string, value: JsonValue, indent: number, style: YamlStyle): string {
  return `${keyText(key, style)}:${blockText(value, indent, style)}`;
}

/** The text after a dash in a block list. `column` is that of the dash. */
export function itemText(value: JsonValue, column: number, style: YamlStyle): string {
  if (!isFilledMap(value)) return ` ${leafText(value, column + 2, style)}`;
  const pairs = Object.entries(value).map(([key, of]) => pairText(key, of, column + 2, style));
  return ` ${pairs.join(`${style.lineEnd}${' '.repeat(column + 2)}`)}`;
}

function leafText(value: JsonValue, indent: number, style: YamlStyle): string {
  if (typeof value !== 'string' || style.quoted || !isLiteral(value))
    return flowText(value, style, 'plain', false);
  return literalText(value, indent, style.lineEnd);
}

/** A text with several lines as a literal block, starting with its `|`, without the last line end. */
export function literalText(text: string, indent: number, lineEnd: string): string {
  return `|${text.endsWith('\n') ? '' : '-'}${lineEnd}${literalLines(text, indent, lineEnd)}`;
}

/** The lines of a literal block, without the last line end. */
export function literalLines(text: string, indent: number, lineEnd: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
    .join(lineEnd);
}

/**
 * Whether a text with several lines can be a literal block. Not if it ends with empty lines: at the end of the front
 * matter, gray-matter reads one less.
 */
export function isLiteral(text: string): boolean {
  return (
    text.includes('\n') &&
    !text.endsWith('\n\n') &&
    /^\n*[^\s]/.test(text) &&
    !/^[ \t]+$/m.test(text) &&
    isPrintable(text)
  );
}

function stringText(text: string, quoting: Quoting, inFlow: boolean): string {
  if (quoting === 'plain' && isPlain(text, inFlow)) return text;
  if (quoting === 'single' && isPrintable(text) && !text.includes('\n'))
    return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** A JSON string is a YAML string, except for some characters that YAML does not accept unescaped. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isPrintable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- YAML refuses these, or treats them as line ends
  return !/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u.test(text);
}

/** Whether every YAML parser, including those for 1.1, reads these characters without quotes as this text. */
function isPlain(text: string, inFlow: boolean): boolean {
  if (text === '' || text.trim() !== text || /[\n\t]/.test(text) || !isPrintable(text))
    return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`=~]/.test(text) || /: |:$| #|^<<$|^\.\.\./.test(text)) return false;
  if (inFlow && /[,[\]{}:]/.test(text)) return false;
  if (/^(?:true|false|yes|no|on|off|y|n|null)$/i.test(text)) return false;
  return isDate(text) || !isLikeNumber(text);
}

/** Dates are usually written without quotes. We read them as texts. */
function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.]*(?:Z|[-+]\d\d:?\d\d)?)?$/.test(text);
}

function isLikeNumber(text: string): boolean {
  return /^[-+]?(?:\.?\d[\d_.,:]*(?:e[-+]?\d*)?|0[xob][\da-f_]*|\.(?:inf|nan))$/i.test(text);
}

function isFilledMap(value: JsonValue): value is Record<string, JsonValue> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}
