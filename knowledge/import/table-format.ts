import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';

/** The table cannot be read. The message says where and why. */
export class BadTable extends Error {
  override readonly name = 'BadTable';
}

/** How much of the header shows which separator it uses. */
const enoughOfHeader = 64 * 1024;

/** The most frequent separator in the header. Spreadsheets use the one of their country. */
export function delimiterOf(content: string): string {
  const [header = ''] = content.slice(0, enoughOfHeader).split(/\r|\n/, 1);
  const [first] = [',', ';', '\t']
    .map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
    .sort((one, other) => other.count - one.count);
  return first?.delimiter ?? ',';
}

/** The list of a JSON table: the whole of it, or the only list in it. Throws {@link BadTable}. */
export function listIn(parsed: JsonValue): JsonValue[] {
  if (Array.isArray(parsed)) return parsed;
  const lists = isObject(parsed)
    ? Object.values(parsed).filter((value) => Array.isArray(value))
    : [];
  const [list] = lists;
  if (list === undefined || lists.length > 1)
    throw new BadTable('Use a list of objects, or an object with one list.');
  return list;
}

/** Whether a value is the row of a JSON table. */
export function isObject(value: JsonValue): value is EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
