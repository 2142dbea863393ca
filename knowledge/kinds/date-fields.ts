import type { JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { parseLooseTime } from '../../model/text/time.ts';
import { schemaOfKey } from './schema-parts.ts';

/** A field that Gitward writes a date into. */
export interface DateField {
  name: string;
  /** What the kind's schema wants: `null` is a date with or without a time. */
  format: 'date' | 'date-time' | null;
  /** Whether an edit also adds it to a file that does not have it. */
  isAdded: boolean;
}

/** The keyword of a schema for a field that each save sets to the present date. */
export const updatedKeyword = 'x-updated';

/** Whether a field is one that each save sets. */
export function isUpdated(schema: JsonSchema | null): boolean {
  return schema !== null && (schema[updatedKeyword] ?? false) !== false;
}

/** The fields of a kind that each save sets. */
export function updatedFields(kind: Kind): DateField[] {
  return fieldsOf(kind).filter(({ name }) => isUpdated(schemaOf(kind, name)));
}

/** The fields that a new entry has from the start: `created`, `updated`, and those that each save sets. */
export function newDateFields(kind: Kind): DateField[] {
  return fieldsOf(kind).filter(
    ({ name }) => name === 'created' || name === 'updated' || isUpdated(schemaOf(kind, name)),
  );
}

function fieldsOf(kind: Kind): DateField[] {
  const { properties } = kind.schema;
  const names =
    typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return names.flatMap((name): DateField[] => {
    const schema = schemaOf(kind, name);
    if (schema === null || !canBeText(schema)) return [];
    const { format } = schema;
    const isAdded = schema[updatedKeyword] !== 'if-present';
    return [{ name, format: format === 'date' || format === 'date-time' ? format : null, isAdded }];
  });
}

/** Whether a field may have a text as its value. */
export function canBeText({ type = 'string' }: JsonSchema): boolean {
  return [type].flat().includes('string');
}

function schemaOf({ schema }: Kind, name: string): JsonSchema | null {
  return schemaOfKey(schema, name, schema);
}

/** The date to write instead of a value: with a time if the schema wants one, or allows one and the value has one. */
export function dateFor(
  { format }: DateField,
  now: Date,
  present: JsonValue | undefined = null,
): string {
  const day = now.toISOString().slice(0, 10);
  const hasTime =
    typeof present === 'string' && present.length > day.length && parseLooseTime(present) !== null;
  return format === 'date-time' || (format === null && hasTime)
    ? `${now.toISOString().slice(0, 19)}Z`
    : day;
}
