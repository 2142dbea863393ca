/** How large a table may be. Whoever has a larger one imports it in parts. */
export const tableLimits = {
  /** Columns of a CSV table. */
  columns: 1_000,
  /** Characters of a column's name. */
  columnName: 200,
  /** Cells of a CSV table, including empty ones. */
  cells: 5_000_000,
  /** Bytes of a row of a CSV table: more than the largest entry has. */
  rowBytes: 2 * 1024 * 1024,
};

/** A bound of {@link tableLimits} that a table exceeds, as a sentence. */
export type Excess = string;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Watches the bytes of a CSV table before they are parsed, so that a table that is too large is refused before
 * it costs anything: a parser keeps a whole row in memory, and each cell costs it about a microsecond.
 */
export class CsvBounds {
  readonly #delimiter: number;
  #line = 1;
  #quoted = false;
  #columns = 1;
  #cells = 0;
  #rowBytes = 0;

  /** `delimiter` is one ASCII character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Looks at the next bytes. Returns what is too large, or `null`. */
  look(bytes: Uint8Array): Excess | null {
    for (const byte of bytes) {
      this.#rowBytes += 1;
      if (byte === quote) this.#quoted = !this.#quoted;
      else if (byte === lineFeed || byte === carriageReturn) this.#endLine(byte);
      else if (byte === this.#delimiter && !this.#quoted) {
        this.#columns += 1;
        if (this.#columns > tableLimits.columns) return this.#excess('columns', 'columns');
      }
      if (this.#rowBytes > tableLimits.rowBytes) return this.#excess('rowBytes', 'bytes in a row');
    }
    return this.#cells > tableLimits.cells ? this.#excess('cells', 'cells') : null;
  }

  #endLine(byte: number): void {
    if (byte === lineFeed) this.#line += 1;
    if (this.#quoted) return;
    this.#cells += this.#columns;
    this.#columns = 1;
    this.#rowBytes = 0;
  }

  #excess(limit: keyof typeof tableLimits, what: string): Excess {
    return `The table has more than ${tableLimits[limit].toLocaleString('en')} ${what} (line ${this.#line}).`;
  }
}
