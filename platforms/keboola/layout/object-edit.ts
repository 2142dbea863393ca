import type { Json, JsonObject } from '../../../model/text/json.ts';

/** A copy of an object without these keys. */
export function withoutKeys(object: JsonObject, ...keys: string[]): JsonObject {
  const copy = new Map(object);
  for (const key of keys) copy.delete(key);
  return copy;
}

/** A copy of an object with this entry, in the key's existing position or else at the end. */
export function withEntry(object: JsonObject, key: string, value: Json): JsonObject {
  return new Map(object).set(key, value);
}

/** The string with this key, or `null` if there is none. */
export function textAt(object: JsonObject, key: string): string | null {
  const value = object.get(key);
  return typeof value === 'string' ? value : null;
}

/** The object with this key, or `null` if there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject | null {
  const value = object.get(key);
  return value instanceof Map ? value : null;
}

/** Whether a value is empty. PHP writes an empty object as `[]`, and `null` counts as empty, too. */
export function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof Map && value.size === 0;
}

/**
 * A number as Go prints it without a fraction (`%.0f`: rounded to the nearest, and halves to the even
 * number).
 */
export function wholeNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const below = Math.floor(value);
  const rest = value - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const whole = up ? below + 1 : below;
  return whole === 0 && (value < 0 || Object.is(value, -0)) ? '-0' : BigInt(whole).toString();
}

/** A number as Go prints it without an exponent (`strconv.FormatFloat` with `f` and the shortest digits). */
export function plainNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const places = Number(exponent);
  return places < 0
    ? `${sign}0.${'0'.repeat(-places - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(places, '0')}`;
}
