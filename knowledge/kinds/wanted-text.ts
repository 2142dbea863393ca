import type { EntryFields, JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { schemaOfItem, schemaOfKey } from './schema-parts.ts';

/**
 * Whether a schema wants a text where something stands without quotes that YAML takes for another value (`007`, `1.10`,
 * `true`): it allows no such value, or it also allows a text, and the number would lose how it is written.
 */
export function isTextWanted(
  schema: JsonSchema | null,
  { value, source }: { value: JsonValue; source: string },
): boolean {
  // An empty value is no text.
  if (schema === null || source === '') return false;
  if (schema.type === undefined) {
    const choices = Array.isArray(schema.enum) ? schema.enum : [schema.const ?? null];
    return choices.includes(source) && !choices.includes(value);
  }
  const types = [schema.type].flat();
  if (!types.includes('string')) return false;
  if (typeof value !== 'number') return !types.includes(value === null ? 'null' : typeof value);
  const allowed =
    types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  return !allowed || String(value) !== source;
}

/** Fields to be written, with texts instead of numbers and truth values where the schema wants a text and nothing else. */
export function withWantedTexts(fields: EntryFields, schema: JsonSchema): EntryFields {
  const converted = (value: JsonValue, at: JsonSchema | null): JsonValue => {
    if (Array.isArray(value)) {
      const ofItem = schemaOfItem(at, schema);
      return value.map((item) => converted(item, ofItem));
    }
    if (typeof value === 'object' && value !== null) return inMap(value, at);
    if (typeof value === 'string' || value === null) return value;
    return isTextWanted(at, { value, source: String(value) }) ? String(value) : value;
  };
  const inMap = (map: EntryFields, at: JsonSchema | null): EntryFields =>
    Object.fromEntries(
      Object.entries(map).map(([key, of]) => [key, converted(of, schemaOfKey(at, key, schema))]),
    );
  return inMap(fields, schema);
}
