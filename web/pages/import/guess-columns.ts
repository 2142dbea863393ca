import type { EntryFields, JsonSchema, Kind } from '../../../model/knowledge/entry.ts';
import type { GivenColumns } from '../../../knowledge/import/import-columns.ts';
import {
  bodyColumn,
  columnTargets,
  fieldNames,
  plain,
  type RowKind,
} from '../../../knowledge/import/import-row.ts';

/**
 * Where a column goes: to a field, by its name; to the text, by the name of its column; nowhere (`null`); or, as `own`, to a
 * field that is called as the column is and that the kind does not know.
 */
export type Target = { to: string } | 'own' | null;

/** Where each column of a table goes. */
export type Mapping = ReadonlyMap<string, Target>;

/** The kind of rows, as far as it is needed here. */
export type TableKind = RowKind & Pick<Kind, 'name'>;

/**
 * Where columns probably go: to the field of the same name, however it is written, or of the same title, also if the name of
 * the kind stands before it (`Customer ID`). Two never go to the same.
 */
export function guessColumns(columns: readonly string[], kind: TableKind): Mapping {
  const targetOf = columnTargets(kind);
  const known = new Set(targetsOf(kind));
  const titles = titlesOf(kind);
  const taken = new Set<string>();
  const found = new Map<string, Target>();
  const guesses = [
    targetOf,
    (column: string) => titles.get(plain(column)),
    (column: string) => {
      const prefix = plain(kind.name);
      const name = plain(column);
      return name.startsWith(prefix) ? targetOf(name.slice(prefix.length)) : undefined;
    },
  ];
  for (const guess of guesses)
    for (const column of columns) {
      const to = guess(column);
      if (found.has(column) || to === undefined || !known.has(to) || taken.has(to)) continue;
      taken.add(to);
      found.set(column, { to });
    }
  return new Map(
    columns.map((column) => [column, found.get(column) ?? (mayBeOwn(column, kind) ? 'own' : null)]),
  );
}

/** Everything that a column can go to by name: the fields, and the text. */
export function targetsOf(kind: RowKind): string[] {
  const body = bodyColumn(kind);
  return [...fieldNames(kind), ...(body === null ? [] : [body])];
}

/** Whether a column can become a field of its own: the kind has none of this name, and allows others. */
export function mayBeOwn(column: string, kind: RowKind): boolean {
  const isOther = !targetsOf(kind).includes(columnTargets(kind)(column));
  return isOther && kind.schema.additionalProperties !== false;
}

/** The columns that go where another one goes, with the first that does. */
export function clashesOf(mapping: Mapping): Map<string, string> {
  const first = new Map<string, string>();
  const clashes = new Map<string, string>();
  for (const [column, target] of mapping) {
    if (target === null || target === 'own') continue;
    const other = first.get(target.to);
    if (other === undefined) first.set(target.to, column);
    else clashes.set(column, other);
  }
  return clashes;
}

/** What the API is told: only where a column does not go where its name leads. */
export function columnsToSend(mapping: Mapping, kind: RowKind): GivenColumns {
  const byName = columnTargets(kind);
  const given: [string, string | null][] = [];
  for (const [column, target] of mapping)
    if (target === null) given.push([column, null]);
    else if (target !== 'own' && byName(column) !== target.to) given.push([column, target.to]);
  return Object.fromEntries(given);
}

/** The fields by what their schemas call them for people. */
function titlesOf({ schema }: RowKind): Map<string, string> {
  const properties = Object.entries(objectOr(schema.properties));
  return new Map(
    properties.flatMap(([name, of]) => {
      const { title } = objectOr(of);
      return typeof title === 'string' ? [[plain(title), name]] : [];
    }),
  );
}

function objectOr(value: JsonSchema[string] | undefined): EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
