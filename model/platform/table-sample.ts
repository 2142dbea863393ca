/** The first rows of a table, as the platform previews them. */
export interface TableSample {
  tableId: string;
  columns: string[];
  /** Each row has one value per column; `null` where the table has none. */
  rows: (string | null)[][];
}
