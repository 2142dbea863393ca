import type { EntryFields, JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';

/** The content of a row. */
export interface RowEntry {
  fields: EntryFields;
  /** `null` if the row has no body. */
  body: string | null;
}

/** Columns that contain an entry's body, unless its kind has a field with that name. */
const bodyColumns = new Set(['body', 'content', 'markdown']);

/**
 * The entry that a row of a table describes. A column becomes the field with its name, no matter whether it
 * is written `annualRevenue`, `annual_revenue` or `Annual Revenue`. Other columns keep their names. Texts are
 * converted to the types that the schema requires (lists are split at `;`). Texts that cannot be converted
 * stay, so that the schema reports what is wrong. Empty cells are left out.
 */
export function entryOfRow(values: EntryFields, kind: Kind): RowEntry {
  const schemas = propertiesOf(kind.schema);
  const names = new Map([...schemas.keys()].map((name) => [plain(name), name]));
  const fields: [string, JsonValue][] = [];
  let body: string | null = null;
  for (const [column, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    const name = names.get(plain(column)) ?? column;
    const schema = schemas.get(name);
    if (schema === undefined && bodyColumns.has(plain(column))) body = bodyOf(value);
    else fields.push([name, schema === undefined ? value : fitted(value, schema)]);
  }
  return { fields: Object.fromEntries(fields), body };
}

/** The name of a row for people: its id, or else its title. `null` if it has neither. */
export function rowName(values: EntryFields, kind: Kind): string | null {
  for (const name of ['id', kind.titleField]) {
    const column = Object.keys(values).find((one) => plain(one) === plain(name));
    const value = column === undefined ? null : values[column];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** The same for all spellings of a name by databases and spreadsheets. */
function plain(name: string): string {
  return name.replace(/[\s_-]+/g, '').toLowerCase();
}

function isAbsent(value: JsonValue): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function bodyOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const otherThanText = new Set(['boolean', 'number', 'integer']);

/** The value converted to the type that the schema requires, or unchanged if that is not possible. */
function fitted(value: JsonValue, schema: JsonSchema): JsonValue {
  const types = typesOf(schema);
  if (typeof value === 'string') return fittedText(value.trim(), value, schema, types);
  // An id that is a number in the database becomes a text.
  const isText = types.includes('string') && !types.some((type) => otherThanText.has(type));
  return isText && typeof value !== 'object' ? String(value) : value;
}

function fittedText(
  trimmed: string,
  value: string,
  schema: JsonSchema,
  types: readonly string[],
): JsonValue {
  if (types.includes('string')) return value;
  if (types.includes('boolean')) {
    const truth = truths.get(trimmed.toLowerCase());
    if (truth !== undefined) return truth;
  }
  if (types.includes('number') || types.includes('integer')) {
    if (/^[-+]?\d{1,15}(\.\d{1,15})?$/.test(trimmed)) return Number(trimmed);
  }
  if (types.includes('array') || types.includes('object')) {
    const parsed = /^[[{]/.test(trimmed) ? parsedOr(trimmed) : null;
    if (parsed !== null) return parsed;
  }
  if (types.includes('array')) return split(trimmed, schema);
  return value;
}

/** How databases and spreadsheets write booleans. */
const truths = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['t', true],
  ['y', true],
  ['false', false],
  ['no', false],
  ['0', false],
  ['f', false],
  ['n', false],
]);

function split(text: string, schema: JsonSchema): JsonValue[] {
  const items = objectOr(schema.items);
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (items === null ? part : fitted(part, items)));
}

function parsedOr(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // It is a text that only begins like JSON.
    return null;
  }
}

function propertiesOf(schema: JsonSchema): Map<string, JsonSchema> {
  return new Map(
    Object.entries(objectOr(schema.properties) ?? {}).map(([name, of]) => [
      name,
      objectOr(of) ?? {},
    ]),
  );
}

function typesOf({ type }: JsonSchema): string[] {
  return [type].flat().filter((one): one is string => typeof one === 'string');
}

function objectOr(value: JsonValue | undefined): EntryFields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
