import { ScrollArea, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { sampleQuery } from './contents-queries.ts';
import classes from './table-sample.module.css';

const { contents: words } = texts;

/** The first rows of a table, or why the mirror has none. */
export function TableSample({ path, table }: { path: MirrorPath; table: string }) {
  const { data, error, refetch } = useQuery(sampleQuery(path, table));
  if (data === undefined)
    return <PartProblem title={words.sample} error={error} onRetry={() => void refetch()} />;
  const { columns, columnCount, rows, reason } = data;
  if (reason !== null)
    return (
      <Card title={words.sample}>
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      </Card>
    );
  const left = columnCount - columns.length;
  return (
    <Card title={rows.length === 0 ? words.sample : words.sampleOf(rows.length)}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noRows}
        </Text>
      )}
      <ScrollArea.Autosize
        mah="24rem"
        // Somebody without a mouse scrolls it by its focus.
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': words.sample }}
      >
        <Table stickyHeader className={classes.sample} aria-label={words.sampleOf(rows.length)}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name, at) => (
                <Table.Th key={at} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((values, row) => (
              <Table.Tr key={row}>
                {columns.map((_name, at) => (
                  <Table.Td key={at}>
                    <Value value={values[at] ?? null} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {left > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {words.moreColumns(left)}
        </Text>
      )}
    </Card>
  );
}

/** A value; one that is missing looks otherwise than an empty one. */
function Value({ value }: { value: string | null }) {
  if (value === null)
    return (
      <Text span size="sm" c="dimmed" fs="italic">
        {words.noValue}
      </Text>
    );
  return (
    <Text size="sm" lineClamp={2} className={classes.value}>
      {value}
    </Text>
  );
}
