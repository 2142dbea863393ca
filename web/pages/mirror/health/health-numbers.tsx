import { Paper, Table, Text } from '@mantine/core';
import classes from '../../../parts/charts/charts.module.css';
import { texts } from '../../../texts/index.ts';
import { bucketTime } from './bucket-time.ts';
import type { Health } from './health-queries.ts';
import { took } from './measures.ts';

const words = texts.health;
const { columns, none } = words;

/** The numbers behind the charts, newest first, for those who would rather read them. */
export function HealthNumbers({ health: { period, buckets } }: { health: Health }) {
  const time = bucketTime(period);
  const names = Object.values(columns);
  return (
    <Paper withBorder p="md" component="details" className={classes.numbers}>
      <summary>{words.numbers}</summary>
      {period === 'month' && (
        <Text size="sm" c="dimmed" mt="xs">
          {words.timesInUtc}
        </Text>
      )}
      <Table.ScrollContainer minWidth={640} mt="xs">
        <Table aria-label={words.numbers}>
          <Table.Thead>
            <Table.Tr>
              {names.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {buckets.toReversed().map((bucket) => (
              <Table.Tr key={bucket.from}>
                {cells(bucket, time.long).map((cell, at) => (
                  <Table.Td key={names[at]}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

/** In the order of the columns. */
function cells(bucket: Health['buckets'][number], time: (from: string) => string): string[] {
  const { p50, p95, success } = bucket;
  const { backlog, changes, commits, failedAttempts, redactions } = bucket;
  return [
    time(bucket.from),
    p50 === null ? none : took(p50),
    p95 === null ? none : took(p95),
    success === null ? none : words.percent(success),
    ...[backlog, changes, commits, failedAttempts, redactions].map((one) =>
      one.toLocaleString('en'),
    ),
  ];
}
