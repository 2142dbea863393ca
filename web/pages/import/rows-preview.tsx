import { Text } from '@mantine/core';
import { ImportColumns } from '../../../knowledge/import/import-columns.ts';
import { bodyColumn, entryOfRow } from '../../../knowledge/import/import-row.ts';
import { Card } from '../../parts/card.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { texts } from '../../texts/index.ts';
import { columnsToSend, type Mapping, type TableKind } from './guess-columns.ts';
import { shownCell } from './shown-cell.ts';
import type { TableHead } from './table-head.ts';

const { imports: words } = texts;
/** So many fields fit beside each other; the others are in the preview of the changes. */
const mostFields = 6;

/** The first rows as entries, made of them as the import makes them. No two columns may go to the same. */
export function RowsPreview({
  head: { rows },
  kind,
  mapping,
}: {
  head: TableHead;
  kind: TableKind;
  mapping: Mapping;
}) {
  const columns = new ImportColumns(columnsToSend(mapping, kind), kind);
  const entries = rows.map((row, at) => ({ at, ...entryOfRow(columns.place(row), kind) }));
  const names = [...new Set(entries.flatMap(({ fields }) => Object.keys(fields)))];
  const hasBody = entries.some(({ body }) => body !== null) && bodyColumn(kind) !== null;
  return (
    <Card title={words.rowsTitle}>
      {rows.length === 0 ? (
        <Text size="sm">{words.noRows}</Text>
      ) : (
        <RowList
          label={words.rowsTitle}
          items={entries}
          keyOf={({ at }) => at}
          columns={[
            ...names.slice(0, mostFields).map((name) => ({
              name,
              cell: ({ fields }: (typeof entries)[number]) => shownCell(fields[name]),
            })),
            ...(hasBody
              ? [
                  {
                    name: words.text,
                    cell: ({ body }: (typeof entries)[number]) => shownCell(body),
                  },
                ]
              : []),
          ]}
        />
      )}
      {names.length > mostFields && (
        <Text size="sm" c="dimmed" mt="xs">
          {words.otherFields(names.slice(mostFields))}
        </Text>
      )}
    </Card>
  );
}
