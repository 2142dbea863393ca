/** A table, as far as its file says. */
export interface ShownTable {
  description: string;
  primaryKey: string[];
  columns: ShownColumn[];
}

/** A column of a table. `type` and `description` are `''` where the file does not say them. */
export interface ShownColumn {
  name: string;
  type: string;
  description: string;
}

/** What a table's file says of it; `null` if it is no such file. The text is the repository's: anything can be in it. */
export function tableOf(text: string): ShownTable | null {
  const table = recordOf(parsed(text));
  if (!Array.isArray(table.columns)) return null;
  const { primaryKey } = table;
  return {
    description: textOf(table.description),
    primaryKey: Array.isArray(primaryKey) ? primaryKey.map(textOf) : [],
    columns: table.columns.map((item) => {
      const { name, type, baseType, length, description } = recordOf(item);
      const kind = textOf(type) || textOf(baseType);
      const size = textOf(length);
      return {
        name: textOf(name),
        type: kind !== '' && size !== '' ? `${kind}(${size})` : kind,
        description: textOf(description),
      };
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
