import type { Json, JsonObject } from '../../../../../model/text/json.ts';

/** An object with these fields in this order. Empty ones (`null`, empty objects) are left out. */
export function fields(entries: readonly (readonly [string, Json])[]): JsonObject {
  return new Map(entries.filter(([, value]) => value !== null && !isEmptyObject(value)));
}

function isEmptyObject(value: Json): boolean {
  return value instanceof Map && value.size === 0;
}
