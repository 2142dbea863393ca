import type { EntryFields, JsonSchema, JsonValue } from '../../../../model/knowledge/entry.ts';
import { spoken } from './spoken.ts';
import { controlOf, type FieldControl } from './field-control.ts';

/** A field as the form shows it. */
export interface FormField {
  name: string;
  label: string;
  help: string | null;
  isRequired: boolean;
  /** Whether the kind's schema has it; others are kept as they are. */
  isKnown: boolean;
  /** Whether Gitward sets it: the id, and the date of the last change. */
  isSet: boolean;
  control: FieldControl;
}

/** The fields of a form: those of the file in its order, and then what else the kind has. */
export function formFields(
  schema: JsonSchema,
  fields: EntryFields,
  titleField: string,
): FormField[] {
  const properties = asObject(schema.properties);
  const names = new Set([...Object.keys(fields), ...Object.keys(properties)]);
  names.delete(titleField);
  return [...names].map((name) => formField(schema, name, fields[name]));
}

/** One field of a form. */
export function formField(
  schema: JsonSchema,
  name: string,
  value: JsonValue | undefined,
): FormField {
  const properties = asObject(schema.properties);
  const own = Object.hasOwn(properties, name) ? asObject(properties[name]) : null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return {
    name,
    label: typeof own?.title === 'string' ? own.title : spoken(name),
    help: typeof own?.description === 'string' ? own.description : null,
    isRequired: required.includes(name),
    isKnown: own !== null,
    isSet: name === 'id' || Boolean(own?.['x-updated']),
    control: controlOf(own, value, schema),
  };
}

/** What changed between two versions of the fields, as the API takes it: `null` removes a field. */
export function changedFields(before: EntryFields, now: EntryFields): EntryFields {
  const changed: EntryFields = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const value = now[name];
    if (!sameValue(before[name], value)) changed[name] = value ?? null;
  }
  return changed;
}

/** Whether two values are the same; an empty field is as good as none. */
function sameValue(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function asObject(value: JsonValue | undefined): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
