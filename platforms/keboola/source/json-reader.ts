import type { ExactNumbers } from '../../../model/text/exact-numbers.ts';
import type { Json, JsonObject } from '../../../model/text/json.ts';

/** An answer does not have the expected form. The message names the place, but never the value. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Reads a JSON value step by step. Every step throws a {@link ShapeError} if the form is unexpected. */
export class JsonReader {
  readonly #value: Json | undefined;
  readonly #place: string;
  readonly #exact: ExactNumbers | undefined;

  /** The place (a JSON Pointer) is used in messages. `exact` are the numbers of the value that floats cannot hold. */
  constructor(value: Json | undefined, place = '', exact?: ExactNumbers) {
    this.#value = value;
    this.#place = place;
    this.#exact = exact;
  }

  /** The value with this key. If it is missing, only reading it throws. */
  at(key: string): JsonReader {
    return this.#below(this.object().get(key), key);
  }

  /** Whether there is no value, or `null`. */
  get isAbsent(): boolean {
    return this.#value === undefined || this.#value === null;
  }

  /** The value as it is; `null` if it is missing. */
  json(): Json {
    return this.#value ?? null;
  }

  /** The numbers in the value that a 64-bit float cannot hold; `undefined` if there are none. */
  exactNumbers(): ExactNumbers | undefined {
    return this.#exact;
  }

  /** An object. PHP writes an empty one as `[]`. */
  object(): JsonObject {
    if (this.#value instanceof Map) return this.#value;
    if (Array.isArray(this.#value) && this.#value.length === 0) return new Map();
    return this.#fail('an object');
  }

  /** This value, or an empty object if it is absent. */
  orEmpty(): JsonReader {
    return this.isAbsent ? new JsonReader(new Map(), this.#place) : this;
  }

  items(): JsonReader[] {
    if (!Array.isArray(this.#value)) return this.#fail('an array');
    return this.#value.map((item, index) => this.#below(item, String(index)));
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.#fail('text');
  }

  /** A text. An absent value counts as an empty one. */
  textOrEmpty(): string {
    return this.isAbsent ? '' : this.text();
  }

  /** A text that is not empty, or `null`. */
  textOrNull(): string | null {
    return this.textOrEmpty().trim() === '' ? null : this.text();
  }

  /** An id, which must not be empty. Some ids are numbers in JSON, but here ids are always text. */
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

  /** A whole number, or `null` if absent. */
  wholeNumberOrNull(): number | null {
    return this.isAbsent ? null : this.wholeNumber();
  }

  /** `true` or `false`. An absent value counts as `false`. */
  flag(): boolean {
    if (this.isAbsent) return false;
    return typeof this.#value === 'boolean' ? this.#value : this.#fail('true or false');
  }

  /** A time in ISO 8601 (UTC), or `null` if absent. The platform writes time zones as `+0100`. */
  timeOrNull(): string | null {
    const text = this.textOrNull();
    if (text === null) return null;
    const time = Date.parse(text.replace(/([+-][0-9]{2})([0-9]{2})$/, '$1:$2'));
    return Number.isNaN(time) ? this.#fail('a time') : new Date(time).toISOString();
  }

  #below(value: Json | undefined, key: string): JsonReader {
    const exact = this.#exact instanceof Map ? this.#exact.get(key) : undefined;
    return new JsonReader(value, `${this.#place}/${key}`, exact);
  }

  #fail(expected: string): never {
    const place = this.#place === '' ? 'the answer' : this.#place;
    throw new ShapeError(`${place} is not ${expected}`);
  }
}
