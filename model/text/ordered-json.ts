import { isHeldByFloat, type ExactNumbers } from './exact-numbers.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * How deeply arrays and objects may nest. Go stops at 10,000, and PHP, which the platform's API is
 * written in, at 512. This limit keeps every recursive walk over a document within the stack.
 */
export const maxJsonDepth = 1_000;

/** A document that is not JSON, or nests too deeply. The message never quotes the document. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

const tooDeep = `nests deeper than ${maxJsonDepth} levels`;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Parses JSON (RFC 8259) and keeps the order of keys. What the standard leaves open is done as in Go's
 * `encoding/json` with Keboola's `orderedmap`: numbers are 64-bit floats, the last of several equal keys
 * wins and keeps its own position, and a surrogate without its pair becomes U+FFFD.
 *
 * Throws {@link JsonError} with the position in UTF-16 units.
 */
export function parseJson(text: string): Json {
  return parseJsonExactly(text).value;
}

/** Parses JSON as {@link parseJson} does, and keeps the numbers that a 64-bit float cannot hold, if there are any. */
export function parseJsonExactly(text: string): { value: Json; exact: ExactNumbers | undefined } {
  let at = 0;
  /** The numbers of the value that was parsed last. */
  let exact: ExactNumbers | undefined;

  function fail(what: string): never {
    throw new JsonError(`Invalid JSON at character ${at}: ${what}.`);
  }

  function skipSpace(): number {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      at++;
    }
  }

  function parseValue(depth: number): Json {
    exact = undefined;
    switch (skipSpace()) {
      case 0x7b:
        return parseObject(depth + 1);
      case 0x5b:
        return parseArray(depth + 1);
      case 0x22:
        return parseString();
      case 0x74:
        return parseWord('true', true);
      case 0x66:
        return parseWord('false', false);
      case 0x6e:
        return parseWord('null', null);
      default:
        return parseNumber();
    }
  }

  function parseObject(depth: number): JsonObject {
    if (depth > maxJsonDepth) fail(tooDeep);
    const object: JsonObject = new Map();
    let numbers: Map<string, ExactNumbers> | undefined;
    at++;
    if (skipSpace() === 0x7d) {
      at++;
      return object;
    }
    for (;;) {
      if (skipSpace() !== 0x22) fail('expected a key in quotes');
      const key = parseString();
      if (skipSpace() !== 0x3a) fail('expected a colon after the key');
      at++;
      const value = parseValue(depth);
      if (object.has(key)) {
        object.delete(key);
        numbers?.delete(key);
      }
      object.set(key, value);
      if (exact !== undefined) (numbers ??= new Map()).set(key, exact);
      const next = skipSpace();
      if (next !== 0x2c && next !== 0x7d) fail('expected a comma or the end of the object');
      at++;
      if (next === 0x7d) {
        exact = numbers?.size === 0 ? undefined : numbers;
        return object;
      }
    }
  }

  function parseArray(depth: number): Json[] {
    if (depth > maxJsonDepth) fail(tooDeep);
    const array: Json[] = [];
    let numbers: Map<string, ExactNumbers> | undefined;
    at++;
    if (skipSpace() === 0x5d) {
      at++;
      return array;
    }
    for (;;) {
      array.push(parseValue(depth));
      if (exact !== undefined) (numbers ??= new Map()).set(String(array.length - 1), exact);
      const next = skipSpace();
      if (next !== 0x2c && next !== 0x5d) fail('expected a comma or the end of the array');
      at++;
      if (next === 0x5d) {
        exact = numbers;
        return array;
      }
    }
  }

  function parseString(): string {
    const start = at + 1;
    let escaped = false;
    for (at = start; ; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        at++;
      } else if (code < 0x20) {
        fail('a control character inside a string');
      } else if (Number.isNaN(code)) {
        fail('the string does not end');
      }
    }
    const raw = text.slice(start, at);
    at++;
    return escaped ? unescape(raw, start) : raw;
  }

  function unescape(raw: string, start: number): string {
    try {
      return (JSON.parse(`"${raw}"`) as string).replace(loneSurrogate, '\ufffd');
    } catch {
      // The platform's message would quote the string, which may be a secret.
      at = start;
      return fail('an invalid escape sequence');
    }
  }

  function parseWord<T extends Json>(word: string, value: T): T {
    if (!text.startsWith(word, at)) fail('expected a value');
    at += word.length;
    return value;
  }

  function parseNumber(): number {
    numberPattern.lastIndex = at;
    const match = numberPattern.exec(text);
    if (match === null) fail(at < text.length ? 'expected a value' : 'the document ends too early');
    const [written] = match;
    at += written.length;
    const float = Number(written);
    if (!isHeldByFloat(written, float)) exact = written;
    return float;
  }

  const value = parseValue(0);
  skipSpace();
  if (at < text.length) fail('text after the end of the document');
  return { value, exact };
}

/**
 * Writes JSON as the Keboola CLI does (Go's `json.MarshalIndent` with two spaces and HTML escaping):
 * the result ends with a newline. Throws {@link JsonError} if the value nests too deeply.
 */
export function formatJson(value: Json): string {
  // One growing string: V8 appends to a string far faster than it joins the parts of a tree.
  let text = '';

  function write(item: Json, lineStart: string, depth: number): void {
    if (typeof item === 'string') text += formatString(item);
    else if (typeof item === 'number') text += formatNumber(item);
    else if (item === null || typeof item === 'boolean') text += String(item);
    else if (depth >= maxJsonDepth) throw new JsonError(`The JSON ${tooDeep}.`);
    else if (Array.isArray(item)) writeArray(item, lineStart, depth + 1);
    else writeObject(item, lineStart, depth + 1);
  }

  function writeArray(array: Json[], lineStart: string, depth: number): void {
    const inner = `${lineStart}  `;
    let separator = '[';
    for (const item of array) {
      text += separator + inner;
      write(item, inner, depth);
      separator = ',';
    }
    text += separator === '[' ? '[]' : `${lineStart}]`;
  }

  function writeObject(object: JsonObject, lineStart: string, depth: number): void {
    const inner = `${lineStart}  `;
    let separator = '{';
    for (const [key, item] of object) {
      text += `${separator}${inner}${formatString(key)}: `;
      write(item, inner, depth);
      separator = ',';
    }
    text += separator === '{' ? '{}' : `${lineStart}}`;
  }

  write(value, '\n', 0);
  return `${text}\n`;
}

// eslint-disable-next-line no-control-regex -- controls are among what must be escaped
const special = /["\\\u0000-\u001f<>&\u2028\u2029\ud800-\udfff]/;
const escapedByGo = /[<>&\u2028\u2029]/g;
const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function formatString(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  return JSON.stringify(text.replace(loneSurrogate, '\ufffd')).replace(
    escapedByGo,
    (character) => escapes[character] ?? character,
  );
}

/** JavaScript and Go write floats alike (shortest digits, exponents from 1e21 and below 1e-6), except for these. */
function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  // A number too large for a float was parsed as infinite; this keeps it valid JSON, and just as large.
  if (!Number.isFinite(value)) return value < 0 ? '-1e999' : '1e999';
  return String(value);
}
