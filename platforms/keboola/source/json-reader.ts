import type { Json, JsonObject } from '../../../model/text/json.ts';

/** An answer that is not of the shape that we know. The message names the place, never the value. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Reads a JSON value step by step; every step throws {@link ShapeError} where the shape is another. */
export class JsonReader {
  readonly #value: Json | undefined;
  readonly #place: string;

  /** The place (a JSON Pointer) is for messages. */
  constructor(value: Json | undefined, place = '') {
    this.#value = value;
    this.#place = place;
  }

  /** The value of a key; reading it fails only where it is used and absent. */
  at(key: string): JsonReader {
    return new JsonReader(this.object().get(key), `${this.#place}/${key}`);
  }

  /** Whether there is nothing here, or `null`. */
  get isAbsent(): boolean {
    return this.#value === undefined || this.#value === null;
  }

  /** An object. The platform's language writes an empty one as `[]`. */
  object(): JsonObject {
    if (this.#value instanceof Map) return this.#value;
    if (Array.isArray(this.#value) && this.#value.length === 0) return new Map();
    return this.#fail('an object');
  }

  /** This, or an empty object where there is nothing. */
  orEmpty(): JsonReader {
    return this.isAbsent ? new JsonReader(new Map(), this.#place) : this;
  }

  items(): JsonReader[] {
    if (!Array.isArray(this.#value)) return this.#fail('an array');
    return this.#value.map((item, index) => new JsonReader(item, `${this.#place}/${index}`));
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.#fail('text');
  }

  /** Text, where nothing or `null` is empty text. */
  textOrEmpty(): string {
    return this.isAbsent ? '' : this.text();
  }

  /** Text that says something, or `null`. */
  textOrNull(): string | null {
    return this.textOrEmpty().trim() === '' ? null : this.text();
  }

  /** An id: not empty; some are numbers in JSON, ids are text here. */
  id(): string {
    if (typeof this.#value === 'number' && Number.isSafeInteger(this.#value)) {
      return String(this.#value);
    }
    const id = this.text();
    return id === '' ? this.#fail('an id') : id;
  }

  wholeNumber(): number {
    if (typeof this.#value === 'number' && Number.isSafeInteger(this.#value)) return this.#value;
    return this.#fail('a whole number');
  }

  /** A whole number; `null` where there is none. */
  wholeNumberOrNull(): number | null {
    return this.isAbsent ? null : this.wholeNumber();
  }

  /** `true` or `false`; absent is `false`. */
  flag(): boolean {
    if (this.isAbsent) return false;
    return typeof this.#value === 'boolean' ? this.#value : this.#fail('true or false');
  }

  /** A time as ISO 8601 in UTC; `null` where there is none. The platform writes zones as `+0100`. */
  timeOrNull(): string | null {
    const text = this.textOrNull();
    if (text === null) return null;
    const time = Date.parse(text.replace(/([+-][0-9]{2})([0-9]{2})$/, '$1:$2'));
    return Number.isNaN(time) ? this.#fail('a time') : new Date(time).toISOString();
  }

  #fail(expected: string): never {
    const place = this.#place === '' ? 'the answer' : this.#place;
    throw new ShapeError(`${place} is not ${expected}`);
  }
}
