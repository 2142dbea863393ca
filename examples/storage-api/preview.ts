import type { ApiTable } from './tables.ts';

/** The maximum number of columns of a preview in this stand-in. */
export const maxPreviewColumns = 30;

/** The reason why a table has no preview. */
export class RefusedPreview {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    this.status = status;
    this.code = code;
  }
}

/** The first rows of a table, in the form of `data-preview` with `format=json`. */
export function previewAnswer(table: ApiTable, query: URLSearchParams): object {
  if (query.get('format') !== 'json') return new RefusedPreview(400, 'storage.notJson');
  const asked = query.get('columns')?.split(',') ?? table.columns;
  if (asked.length > maxPreviewColumns)
    return new RefusedPreview(400, 'storage.maxNumberOfColumnsExceed');
  const unknown = asked.some((name) => !table.columns.includes(name));
  if (unknown) return new RefusedPreview(400, 'storage.tables.columnNotExists');
  const rows = (table.preview ?? []).slice(0, Number(query.get('limit') ?? 100));
  return {
    columns: asked,
    rows: rows.map((row) =>
      asked.map((columnName) => ({
        columnName,
        value: row[table.columns.indexOf(columnName)] ?? null,
        isTruncated: false,
      })),
    ),
  };
}
