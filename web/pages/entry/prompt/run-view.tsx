import { Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { useLive } from '../../../api/live.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { shortCommit } from '../../environments/points-at.ts';
import { StopOperation } from '../../space/operations/operation-state.tsx';
import type { EntryPath } from '../history/history-queries.ts';
import { runQuery, runsQuery, type RunWithResults } from './check-queries.ts';
import { runProgress, runWords } from './check-words.ts';
import { ResultView } from './result-view.tsx';
import { RunBadge } from './run-badge.tsx';
import classes from './checks.module.css';

const { checks: words, common } = texts;

/** A run of a prompt's examples: how far it is, and each answer with its verdict. */
export function RunView({
  path,
  run: id,
  mayJudge,
}: {
  path: EntryPath;
  run: string;
  mayJudge: boolean;
}) {
  const client = useQueryClient();
  const { data: run, error, refetch } = useQuery(runQuery(path, id));
  const goesOn = run !== undefined && !hasEnded(run.state);
  // A run is an operation of the same id.
  useLive(goesOn ? `operation/${path.space}/${id}` : null, () => {
    void client.invalidateQueries(runQuery(path, id));
    void client.invalidateQueries(runsQuery(path));
  });
  if (run === undefined)
    return error === null ? (
      <Skeleton h={160} aria-busy aria-label={common.loading} />
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  return (
    <Card
      title={words.results}
      aside={
        <Group gap="xs">
          <StopOperation operation={run} />
          <RunBadge run={run} />
        </Group>
      }
    >
      <Stack>
        <div role="status">
          <HowFar run={run} goesOn={goesOn} />
        </div>
        <Facts
          facts={[
            [words.from, run.environment ?? words.latest],
            [words.variantFact, run.variant],
            [words.commit, run.commit === null ? words.unsaved : shortCommit(run.commit)],
            [words.modelFact, run.model],
            [words.started, <Started key="started" run={run} />],
          ]}
        />
        <ol className={classes.results} aria-label={words.results}>
          {run.results.map((result) => (
            <li key={result.example}>
              <ResultView path={path} run={id} result={result} mayJudge={mayJudge} />
            </li>
          ))}
        </ol>
      </Stack>
    </Card>
  );
}

function HowFar({ run, goesOn }: { run: RunWithResults; goesOn: boolean }) {
  const { done, total } = runProgress(run);
  if (!goesOn) return <Text size="sm">{`${runWords(run).join(', ')}.`}</Text>;
  return (
    <>
      <Progress
        my={4}
        value={total === 0 ? 0 : (done / total) * 100}
        animated={done === 0}
        aria-label={words.results}
      />
      <Text size="xs" c="dimmed">
        {words.progress(done, total)}
      </Text>
    </>
  );
}

function Started({ run: { by, at } }: { run: RunWithResults }) {
  return (
    <>
      <Time at={at} />
      {` ${words.by(by)}`}
    </>
  );
}
