import type { EntryFields, JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';

/** What a row says of an entry. */
export interface RowEntry {
  fields: EntryFields;
  /** `null`: the row says nothing of it. */
  body: string | null;
}

/** Columns that are an entry's text, where its kind has no field of that name. */
const bodyColumns = new Set(['body', 'content', 'markdown']);

/**
 * The entry that a row of a table describes. Columns are fields by their names, whether they are written
 * `annualRevenue`, `annual_revenue` or `Annual Revenue`; others stay as they are. Texts become what the schema
 * wants (lists are split at `;`); those that cannot stay texts, so that the schema says what is wrong. Empty
 * cells are absent.
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

/** What people call a row: its id, else its title; `null` where it has neither. */
export function rowName(values: EntryFields, kind: Kind): string | null {
  for (const name of ['id', kind.titleField]) {
    const column = Object.keys(values).find((one) => plain(one) === plain(name));
    const value = column === undefined ? null : values[column];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** Names are the same whatever a database or a spreadsheet made of their words. */
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

/** The value as the schema wants it, or as it is. */
function fitted(value: JsonValue, schema: JsonSchema): JsonValue {
  const types = typesOf(schema);
  if (typeof value === 'string') return fittedText(value.trim(), value, schema, types);
  // An id that is a number in the database is a text here.
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

/** How databases and spreadsheets write truth. */
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
    // Then it is a text that begins like JSON.
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
