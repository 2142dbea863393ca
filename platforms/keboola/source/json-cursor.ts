import { JsonError, maxJsonDepth } from '../../../model/text/ordered-json.ts';

/** A part of a document, from `start` up to but not including `end`, in bytes. */
export interface ByteRange {
  start: number;
  end: number;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;
const colon = 0x3a;

/**
 * Finds where the values of a JSON document in UTF-8 begin and end, without parsing them. What is inside a
 * value is checked only when that value is parsed. Bytes inside strings are never mistaken for structure,
 * because in UTF-8 no byte of a longer character is an ASCII character.
 *
 * Throws {@link JsonError} with the position in bytes, and never quotes the document.
 */
export class JsonCursor {
  readonly bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    // A byte order mark is not part of the document.
    this.#at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  get startsArray(): boolean {
    return this.#skipSpace() === openBracket;
  }

  get startsObject(): boolean {
    return this.#skipSpace() === openBrace;
  }

  /** Calls `item` for each item of an array. It must move over the item, for example with {@link skip}. */
  eachItem(item: (index: number) => void): void {
    this.#at++;
    if (this.#skipSpace() === closeBracket) {
      this.#at++;
      return;
    }
    for (let index = 0; ; index++) {
      item(index);
      if (this.#isLast(closeBracket, 'the array')) return;
    }
  }

  /** Calls `entry` for each entry of an object, with the key in quotes. It must move over the value. */
  eachEntry(entry: (key: ByteRange) => void): void {
    this.#at++;
    if (this.#skipSpace() === closeBrace) {
      this.#at++;
      return;
    }
    for (;;) {
      if (this.#skipSpace() !== quote) this.#fail('expected a key in quotes');
      const start = this.#at;
      this.#at = this.#endOfString(start);
      const key = { start, end: this.#at };
      if (this.#skipSpace() !== colon) this.#fail('expected a colon after the key');
      this.#at++;
      entry(key);
      if (this.#isLast(closeBrace, 'the object')) return;
    }
  }

  /** Moves over one value, which is inside `depth` arrays and objects. */
  skip(depth: number): ByteRange {
    const code = this.#skipSpace();
    const start = this.#at;
    if (code === quote) this.#at = this.#endOfString(start);
    else if (code === openBrace || code === openBracket) this.#at = this.#endOfNested(start, depth);
    else this.#at = this.#endOfWord(start);
    return { start, end: this.#at };
  }

  /** Throws if anything but white space follows. */
  end(): void {
    this.#skipSpace();
    if (this.#at < this.bytes.length) this.#fail('text after the end of the document');
  }

  #isLast(close: number, what: string): boolean {
    const code = this.#skipSpace();
    if (code !== comma && code !== close) this.#fail(`expected a comma or the end of ${what}`);
    this.#at++;
    return code === close;
  }

  #skipSpace(): number | undefined {
    for (;;) {
      const code = this.bytes[this.#at];
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.#at++;
    }
  }

  /** Where the array or object that begins at `start` ends. Counts brackets only. */
  #endOfNested(start: number, depth: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let open = 0;
    for (let at = start; at < length; at++) {
      const code = bytes[at];
      if (code === quote) {
        at = this.#endOfString(at) - 1;
      } else if (code === openBrace || code === openBracket) {
        open++;
        if (depth + open > maxJsonDepth) this.#fail(`nests deeper than ${maxJsonDepth} levels`, at);
      } else if (code === closeBrace || code === closeBracket) {
        open--;
        if (open === 0) return at + 1;
      }
    }
    return this.#fail('the document ends too early', length);
  }

  #endOfString(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    for (let at = start + 1; at < length; at++) {
      const code = bytes[at];
      if (code === quote) return at + 1;
      if (code === backslash) at++;
    }
    return this.#fail('the string does not end', start);
  }

  /** Where a number, `true`, `false` or `null` ends. */
  #endOfWord(start: number): number {
    const { bytes } = this;
    let at = start;
    for (; at < bytes.length; at++) {
      const code = bytes[at] ?? 0;
      if (code <= 0x20 || code === comma || code === closeBracket || code === closeBrace) break;
    }
    if (at === start) this.#fail('expected a value');
    return at;
  }

  #fail(what: string, at = this.#at): never {
    throw new JsonError(`Invalid JSON at byte ${at}: ${what}.`);
  }
}
