/** The fields of a JSON object; empty for anything else. Anybody may have written it. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The items of a JSON array; none for anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; `null` for anything else. An id may be written as a number. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

/** Parses JSON; `null` if it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The items of all files of a folder, in the order of the files. */
export function itemsOfAll<T>(files: ReadonlyMap<string, readonly T[]>): readonly T[] {
  return [...files.values()].flat();
}
