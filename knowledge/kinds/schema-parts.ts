import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { pointerKeys } from '../../model/text/json-pointer.ts';

/** The schema of a map's key, or `null` if the schema does not mention it. */
export function schemaOfKey(
  schema: JsonSchema | null,
  key: string,
  root: JsonSchema,
): JsonSchema | null {
  const properties = asSchema(schema?.properties);
  const named = properties !== null && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return resolved(named ?? schema?.additionalProperties, root);
}

/** The schema of a list's items, or `null` if the schema does not mention them. */
export function schemaOfItem(schema: JsonSchema | null, root: JsonSchema): JsonSchema | null {
  return resolved(schema?.items, root);
}

/** Follows references within the schema (`#/$defs/…`), but only a few, because they may be circular. */
function resolved(value: JsonValue | undefined, root: JsonSchema): JsonSchema | null {
  let schema = asSchema(value);
  for (let depth = 0; depth < 8 && typeof schema?.$ref === 'string'; depth += 1)
    schema = schema.$ref.startsWith('#/') ? atPointer(root, schema.$ref.slice(1)) : null;
  return schema;
}

function atPointer(root: JsonSchema, pointer: string): JsonSchema | null {
  let schema: JsonSchema | null = root;
  for (const key of pointerKeys(pointer))
    schema = schema !== null && Object.hasOwn(schema, key) ? asSchema(schema[key]) : null;
  return schema;
}

function asSchema(value: JsonValue | undefined): JsonSchema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
