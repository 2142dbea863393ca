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
  return BigInt(up ? below + 1 : below).toString();
}
