import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';

/**
 * Fields as an editor sends them, with `\n` in texts of several lines, as YAML reads them: many editors send `\r\n`,
 * which nobody typed. A field whose present value has a `\r` is left as it is sent.
 */
export function typedFields(fields: EntryFields, present: EntryFields): EntryFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const was = Object.hasOwn(present, name) ? present[name] : undefined;
      return [name, hasReturn(was) ? value : withoutReturns(value)];
    }),
  );
}

function hasReturn(value: JsonValue | undefined): boolean {
  return value !== undefined && JSON.stringify(value).includes('\\r');
}

function withoutReturns(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n');
  if (Array.isArray(value)) return value.map(withoutReturns);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, withoutReturns(of)]));
}
