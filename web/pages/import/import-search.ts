/** The address of the page of imports. */
export interface ImportSearch {
  /** The kind of rows, and of files that are in no folder of a kind. */
  kind?: string;
}

/** Reads an address; what it does not understand is left out. */
export function importSearch({ kind }: Record<string, unknown>): ImportSearch {
  return typeof kind === 'string' && kind !== '' ? { kind } : {};
}
