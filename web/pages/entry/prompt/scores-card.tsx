import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { PlainTime } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { shortCommit } from '../../environments/points-at.ts';
import type { EntryPath } from '../history/history-queries.ts';
import { scoresQuery, type Score } from './score-queries.ts';
import { scoreWords } from './scores.ts';

const { prompts: words } = texts;

/** What those who use a prompt said of its versions; nothing while nobody has said anything. */
export function ScoresCard({ path }: { path: EntryPath }) {
  const { data, error, refetch } = useQuery(scoresQuery(path));
  const items = data?.items ?? [];
  if (items.length === 0)
    return <PartProblem title={words.scores} error={error} onRetry={() => void refetch()} />;
  return (
    <Card title={words.scores}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {words.scoresHint}
        </Text>
        <RowList
          label={words.scores}
          items={items}
          keyOf={({ blob, environment, arm, name }) => [blob, environment, arm, name].join('\n')}
          columns={[
            { name: words.version, cell: (one) => <Version score={one} /> },
            { name: words.readFrom, cell: readFrom },
            { name: words.score, cell: ({ name }) => name },
            { name: words.count, cell: ({ count }) => count.toLocaleString('en') },
            { name: words.result, cell: scoreWords },
          ]}
        />
      </Stack>
    </Card>
  );
}

function Version({ score: { commit, at } }: { score: Score }) {
  if (commit === null) return <span>{words.notInGit}</span>;
  return (
    <span>
      {shortCommit(commit)}
      {at !== null && (
        <>
          {', '}
          <PlainTime at={at} />
        </>
      )}
    </span>
  );
}

function readFrom({ environment, arm }: Score): string {
  if (environment === null) return words.anywhere;
  return arm === null ? environment : words.ofArm(environment, arm);
}
