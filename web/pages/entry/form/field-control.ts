import type { JsonSchema, JsonValue } from '../../../../model/knowledge/entry.ts';
import { pointerKeys } from '../../../../model/text/json-pointer.ts';

/** How a field of the front matter is edited. */
export type FieldControl =
  | { kind: 'text' | 'longText' | 'number' | 'boolean' | 'date' | 'url' | 'email' }
  | { kind: 'choice'; options: string[] }
  /** A list of texts; `isOrdered` if the order means something. */
  | { kind: 'tags'; options: string[] }
  /** A list of objects with these fields. */
  | { kind: 'rows'; columns: { name: string; control: FieldControl }[] }
  /** An object with these fields. */
  | { kind: 'group'; columns: { name: string; control: FieldControl }[] }
  /** Anything else: shown as it is, and edited in the file. */
  | { kind: 'asIs' };

/** So deep are objects in objects edited one field at a time. */
const deepest = 2;

/**
 * The control for a field: what its schema asks for, if the present value can be edited with that; without a schema, what the
 * value looks like.
 */
export function controlOf(
  schema: JsonSchema | null,
  value: JsonValue | undefined,
  root: JsonSchema,
  depth = 0,
): FieldControl {
  const resolved = resolve(schema, root);
  const wanted = resolved === null ? null : ofSchema(resolved, value, root, depth);
  if (wanted !== null && fits(wanted, value)) return wanted;
  const seen = ofValue(value);
  return fits(seen, value) ? seen : { kind: 'asIs' };
}

function ofSchema(
  schema: JsonSchema,
  value: JsonValue | undefined,
  root: JsonSchema,
  depth: number,
): FieldControl | null {
  if (Array.isArray(schema.enum)) {
    const options = schema.enum.filter((one) => typeof one === 'string');
    const others = schema.enum.filter((one) => typeof one !== 'string' && one !== null);
    return others.length === 0 ? { kind: 'choice', options } : null;
  }
  const types = typesOf(schema);
  const { format } = schema;
  if (types.includes('array'))
    return ofItems(resolve(asSchema(schema.items), root), value, root, depth);
  if (types.includes('object') && depth < deepest) {
    const columns = columnsOf(schema, value, root, depth);
    if (columns.length > 0 && (typeof value === 'object' || !types.includes('string')))
      return { kind: 'group', columns };
  }
  if (types.includes('boolean')) return { kind: 'boolean' };
  if (types.includes('string')) {
    if (typeof format === 'string' && format.startsWith('date')) return { kind: 'date' };
    if (format === 'uri' || format === 'url') return { kind: 'url' };
    if (format === 'email') return { kind: 'email' };
    const isLong =
      Number(schema.maxLength ?? 0) > 300 || (typeof value === 'string' && value.includes('\n'));
    return { kind: isLong || schema['x-multiline'] === true ? 'longText' : 'text' };
  }
  if (types.includes('number') || types.includes('integer')) return { kind: 'number' };
  return null;
}

function ofItems(
  items: JsonSchema | null,
  value: JsonValue | undefined,
  root: JsonSchema,
  depth: number,
): FieldControl | null {
  if (items === null) return { kind: 'tags', options: [] };
  const isOfObjects = typesOf(items).includes('object') && asSchema(items.properties) !== null;
  const list = Array.isArray(value) ? value : [];
  if (isOfObjects && depth < deepest && list.every((item) => typeof item === 'object')) {
    const columns = columnsOf(items, list[0], root, depth);
    return columns.length === 0 ? null : { kind: 'rows', columns };
  }
  const options = Array.isArray(items.enum)
    ? items.enum.filter((one) => typeof one === 'string')
    : [];
  return { kind: 'tags', options };
}

function columnsOf(
  schema: JsonSchema,
  value: JsonValue | undefined,
  root: JsonSchema,
  depth: number,
) {
  const properties = asSchema(schema.properties) ?? {};
  return Object.keys(properties).map((name) => {
    const of =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value[name]
        : undefined;
    return { name, control: controlOf(asSchema(properties[name]), of, root, depth + 1) };
  });
}

function ofValue(value: JsonValue | undefined): FieldControl {
  if (typeof value === 'boolean') return { kind: 'boolean' };
  if (typeof value === 'number') return { kind: 'number' };
  if (typeof value === 'string') return { kind: value.includes('\n') ? 'longText' : 'text' };
  return Array.isArray(value) ? { kind: 'tags', options: [] } : { kind: 'asIs' };
}

/** Whether a control can show all of a value. */
function fits(control: FieldControl, value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return control.kind !== 'asIs';
  switch (control.kind) {
    case 'text':
    case 'url':
    case 'email':
      return typeof value === 'number' || (typeof value === 'string' && !value.includes('\n'));
    case 'longText':
      return typeof value === 'string';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string';
    case 'tags':
      return (
        Array.isArray(value) &&
        value.every((item) => typeof item === 'string' || typeof item === 'number') &&
        new Set(value.map(String)).size === value.length
      );
    case 'rows':
      return Array.isArray(value) && value.every((item) => isKnown(item, control.columns));
    case 'group':
      return isKnown(value, control.columns);
    case 'asIs':
      return false;
  }
}

/** Whether an object has only these fields, each of which its control can show. */
function isKnown(value: JsonValue, columns: { name: string; control: FieldControl }[]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, of]) => {
    const column = columns.find((one) => one.name === name);
    return column !== undefined && column.control.kind !== 'asIs' && fits(column.control, of);
  });
}

function typesOf({ type }: JsonSchema): string[] {
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((one) => typeof one === 'string') : [];
}

/** Follows references within the schema, but only a few, because they may be circular. */
function resolve(schema: JsonSchema | null, root: JsonSchema): JsonSchema | null {
  let found = schema;
  for (let step = 0; step < 8 && typeof found?.$ref === 'string'; step += 1) {
    let at: JsonSchema | null = found.$ref.startsWith('#/') ? root : null;
    for (const key of pointerKeys(found.$ref.slice(1))) at = at === null ? null : asSchema(at[key]);
    found = at;
  }
  return found;
}

function asSchema(value: JsonValue | undefined): JsonSchema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
