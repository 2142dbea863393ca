import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { linesQuery, type EntryPath } from './history-queries.ts';
import { lineGroups } from './line-groups.ts';
import classes from './lines-card.module.css';

const { history: words, common } = texts;

/** How many lines are drawn at first, and with every click more. */
const step = 500;

/** Who wrote each line of an entry, and when. */
export function LinesCard({ path }: { path: EntryPath }) {
  const { data, error, refetch } = useQuery(linesQuery(path));
  const [most, setMost] = useState(step);
  const groups = useMemo(() => lineGroups(data?.lines ?? [], most), [data, most]);
  const left = (data?.lines.length ?? 0) - most;
  return (
    <Card title={words.linesOf}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <Skeleton h={160} aria-busy aria-label={common.loading} />
      )}
      {data?.waiting === true && (
        <Text size="sm" c="dimmed" mb="sm">
          {words.linesWait}
        </Text>
      )}
      {groups.map(({ commit, author, at, lines }) => (
        <div key={lines[0]?.number} className={classes.group} data-commit={commit}>
          <Text size="xs" c="dimmed" component="div">
            {author}
            {', '}
            <Time at={at} />
          </Text>
          <ol className={classes.lines}>
            {lines.map(({ number, text }) => (
              <li key={number}>
                <span className={classes.number}>{number}</span>
                {text}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {left > 0 && (
        <Button variant="default" mt="sm" onClick={() => setMost(most + step)}>
          {words.showMore(Math.min(left, step))}
        </Button>
      )}
    </Card>
  );
}
