import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { fileQuery } from './contents-queries.ts';
import { tableOf } from './table-of.ts';

const { contents: words } = texts;

/** The columns of a table, from its file; nothing if the file does not tell them. */
export function TableColumns({ path, file }: { path: MirrorPath; file: string }) {
  const { data, error, refetch } = useQuery(fileQuery(path, file));
  if (data === undefined)
    return <PartProblem title={words.kind.table} error={error} onRetry={() => void refetch()} />;
  const table = data.content === null ? null : tableOf(data.content);
  if (table === null) return null;
  return (
    <Card title={words.columnsOf(table.columns.length)}>
      {table.description !== '' && (
        <Text size="sm" mb="sm">
          {table.description}
        </Text>
      )}
      <RowList
        label={words.columnsOf(table.columns.length)}
        items={table.columns}
        keyOf={(column) => table.columns.indexOf(column)}
        columns={[
          {
            name: words.columns.name,
            cell: ({ name }) => (
              <Group gap="xs">
                {name}
                {table.primaryKey.includes(name) && (
                  <Badge variant="light" color="gray" tt="none">
                    {words.primaryKey}
                  </Badge>
                )}
              </Group>
            ),
          },
          { name: words.columnType, cell: ({ type }) => type },
          { name: words.columns.description, cell: ({ description }) => description },
        ]}
      />
    </Card>
  );
}
