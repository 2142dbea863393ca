/** The first rows of a table, as the platform previews them. */
export interface TableSample {
  tableId: string;
  columns: string[];
  /** Each with a value a column; `null` where the table has none. */
  rows: (string | null)[][];
}
