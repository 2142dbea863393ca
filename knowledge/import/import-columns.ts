import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { cut } from '../../model/text/outside-text.ts';
import { tableLimits } from './csv-bounds.ts';
import { bodyColumn, columnTargets, fieldNames, type RowKind } from './import-row.ts';
import { BadTable } from './table-format.ts';

/** Where columns of a table go, by their names: to a field, to the text (`body`), or nowhere (`null`). */
export type GivenColumns = Readonly<Record<string, string | null>>;

/** What was given for the columns does not fit the table or the kind. The message says what, and what to do. */
export class BadColumns extends Error {
  override readonly name = 'BadColumns';
}

/** Where the columns of a table go: where somebody said, and otherwise where their names lead. */
export class ImportColumns {
  readonly #given: ReadonlyMap<string, string | null>;
  readonly #byName: (column: string) => string;
  /** What `#byName` said before: a table asks for the same columns again in each row. */
  readonly #known = new Map<string, string>();
  readonly #unseen: Set<string>;
  #isEmpty = true;

  /** Throws {@link BadColumns} for a field that the kind does not have. */
  constructor(given: GivenColumns, kind: RowKind & { name: string }) {
    this.#given = new Map(
      Object.entries(given).map(([column, target]) => [
        column,
        target === null ? null : knownTarget(target, kind),
      ]),
    );
    this.#byName = columnTargets(kind);
    this.#unseen = new Set(this.#given.keys());
  }

  /**
   * The values of a row under the names of what they become, without those that go nowhere. Throws {@link BadTable} if two
   * columns become the same.
   */
  place(values: EntryFields): EntryFields {
    const placed: [string, JsonValue][] = [];
    const taken = new Map<string, string>();
    for (const [column, value] of Object.entries(values)) {
      this.#unseen.delete(column);
      const given = this.#given.get(column);
      if (given === null) continue;
      const target = given ?? this.#targetOf(column);
      const other = taken.get(target);
      if (other !== undefined)
        throw new BadTable(
          `The columns ${quoted(other)} and ${quoted(column)} would both become ${quoted(target)}. Leave one of them out, or say what else it becomes.`,
        );
      taken.set(target, column);
      placed.push([given ?? column, value]);
    }
    this.#isEmpty = false;
    return Object.fromEntries(placed);
  }

  /** To be called after the last row. Throws {@link BadColumns} if a column was given that no row has. */
  requireAll(): void {
    const [missing] = this.#unseen;
    if (!this.#isEmpty && missing !== undefined)
      throw new BadColumns(`names the column ${quoted(missing)}, which the table does not have`);
  }

  #targetOf(column: string): string {
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const target = this.#byName(column);
    if (this.#known.size < tableLimits.columns) this.#known.set(column, target);
    return target;
  }
}

/** The field as the kind writes it, or the column for the text. Throws {@link BadColumns}. */
function knownTarget(target: string, kind: RowKind & { name: string }): string {
  const body = bodyColumn(kind);
  const known = [...fieldNames(kind), ...(body === null ? [] : [body])];
  const found = columnTargets(kind)(target);
  if (known.includes(found)) return found;
  throw new BadColumns(
    `names the field ${quoted(target)}, which the kind ${kind.name} does not have; it has ${known.join(', ')}`,
  );
}

function quoted(name: string): string {
  return `"${cut(name, 200)}"`;
}
