import type { EntryFields, JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';

/** The content of a row. */
export interface RowEntry {
  fields: EntryFields;
  /** `null` if the row has no body. */
  body: string | null;
}

/** Columns that contain an entry's body, unless its kind has a field with that name. */
const bodyColumns = ['body', 'content', 'markdown'];

/**
 * The entry that a row of a table describes. A column becomes the field with its name, no matter whether it
 * is written `annualRevenue`, `annual_revenue` or `Annual Revenue`. Other columns keep their names. Texts are
 * converted to the types that the schema requires (lists are split at `;`). Texts that cannot be converted
 * stay, so that the schema reports what is wrong. Empty cells are left out.
 */
export function entryOfRow(values: EntryFields, kind: RowKind): RowEntry {
  const schemas = propertiesOf(kind.schema);
  const targetOf = columnTargets(kind);
  const body = bodyColumn(kind);
  const entry: { fields: [string, JsonValue][]; body: string | null } = { fields: [], body: null };
  for (const [column, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    const name = targetOf(column);
    const schema = schemas.get(name);
    if (name === body) entry.body = bodyOf(value);
    else entry.fields.push([name, schema === undefined ? value : fitted(value, schema)]);
  }
  return { fields: Object.fromEntries(entry.fields), body: entry.body };
}

/** The kind of rows, as far as it decides what becomes of them. */
export type RowKind = Pick<Kind, 'schema' | 'titleField'>;

/**
 * What columns become by their names: the field of the kind with that name, however it is written; {@link bodyColumn} for
 * the text; the column's own name if the kind has no such field.
 */
export function columnTargets(kind: RowKind): (column: string) => string {
  const fields = new Map(fieldNames(kind).map((name) => [plain(name), name]));
  const body = bodyColumn(kind);
  return (column) => {
    const name = fields.get(plain(column));
    if (name !== undefined) return name;
    return body !== null && bodyColumns.includes(plain(column)) ? body : column;
  };
}

/** The names of the kind's fields. */
export function fieldNames(kind: RowKind): string[] {
  return [...new Set(['id', kind.titleField, ...propertiesOf(kind.schema).keys()])];
}

/** What the column with an entry's text is called; `null` if all such names are those of fields. */
export function bodyColumn(kind: RowKind): string | null {
  const fields = new Set(fieldNames(kind).map(plain));
  return bodyColumns.find((name) => !fields.has(name)) ?? null;
}

/** The name of a row for people: its id, or else its title. `null` if it has neither. */
export function rowName(values: EntryFields, kind: RowKind): string | null {
  for (const name of ['id', kind.titleField]) {
    const column = Object.keys(values).find((one) => plain(one) === plain(name));
    const value = column === undefined ? null : values[column];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** The same for all spellings of a name by databases and spreadsheets. */
export function plain(name: string): string {
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
