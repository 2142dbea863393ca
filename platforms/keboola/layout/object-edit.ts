import type { Json, JsonObject } from '../../../model/text/json.ts';

/** A copy of an object without these keys. */
export function withoutKeys(object: JsonObject, ...keys: string[]): JsonObject {
  const copy = new Map(object);
  for (const key of keys) copy.delete(key);
  return copy;
}

/** A copy of an object with this entry: where the key stood, or at the end. */
export function withEntry(object: JsonObject, key: string, value: Json): JsonObject {
  return new Map(object).set(key, value);
}

/** The string that an object has under a key; `null` where it has none there. */
export function textAt(object: JsonObject, key: string): string | null {
  const value = object.get(key);
  return typeof value === 'string' ? value : null;
}

/** The object that an object has under a key; `null` where it has none there. */
export function objectAt(object: JsonObject, key: string): JsonObject | null {
  const value = object.get(key);
  return value instanceof Map ? value : null;
}

/** Whether there is nothing in it: PHP writes an empty object as `[]`, and `null` says as little. */
export function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof Map && value.size === 0;
}

/** A number as Go prints it without a fraction (`%.0f`: to the nearest, of two equally near the even one). */
export function wholeNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const below = Math.floor(value);
  const rest = value - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return BigInt(up ? below + 1 : below).toString();
}
