import { Code, Stack, Text, Title } from '@mantine/core';
import { RowList } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { Hold } from './hold-queries.ts';
import classes from './hold.module.css';

const words = texts.hold;

/** The commits of others after our newest one: who made them, when, and what they say. */
export function HoldCommits({ commits: { items, hasMore } }: { commits: Hold['commits'] }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.commits}
      </Title>
      {items.length === 0 && <Text size="sm">{words.noCommits}</Text>}
      {items.length > 0 && (
        <RowList
          label={words.commits}
          items={items}
          keyOf={({ sha }) => sha}
          columns={[
            {
              name: words.subject,
              cell: ({ sha, subject }) => (
                <span className={classes.any}>
                  <Code>{sha.slice(0, 8)}</Code> {subject}
                </span>
              ),
            },
            {
              name: words.who,
              cell: ({ author }) => <span className={classes.any}>{author.name}</span>,
            },
            { name: words.when, cell: ({ authoredAt }) => <Time at={authoredAt} /> },
          ]}
        />
      )}
      {hasMore && (
        <Text size="xs" c="dimmed">
          {words.moreCommits(items.length)}
        </Text>
      )}
    </Stack>
  );
}
