import { Alert, Anchor, Code, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PagedList } from '../../../parts/paged-list.tsx';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryPath } from '../history/history-queries.ts';
import { runsQuery } from './check-queries.ts';
import { runWords } from './check-words.ts';
import type { ChecksSearch } from './prompt-search.ts';
import { RunBadge } from './run-badge.tsx';
import { RunForm } from './run-form.tsx';
import { RunView } from './run-view.tsx';

const { checks: words } = texts;

/** The examples of a prompt, run against the model of the space: what came of them, and what a person has to judge. */
export function ChecksTab({
  path,
  search,
  go,
}: {
  path: EntryPath;
  search: ChecksSearch;
  /** Changes the address. */
  go: (search: ChecksSearch) => void;
}) {
  const { data: space } = useQuery(spaceQuery(path.space));
  const runs = useInfiniteQuery(runsQuery(path));
  const mayRun = useRights(path.space).may('editor', 'system-prompt');
  if (space === undefined) return <PageLoading />;
  const newest = runs.data?.pages[0]?.items[0]?.id;
  const shown = search.run ?? newest;
  return (
    <Stack>
      {space.checks === null ? (
        <Off space={space} />
      ) : (
        mayRun && (
          <RunForm
            path={path}
            model={space.checks}
            choice={{
              env: search.env ?? 'latest',
              ...(search.promoted === true && { promoted: true }),
            }}
            onStarted={(run) => go({ ...search, run })}
          />
        )
      )}
      {shown !== undefined && <RunView key={shown} path={path} run={shown} mayJudge={mayRun} />}
      <Card title={words.runs}>
        <PagedList query={runs} keyOf={({ id }) => id} empty={words.noRuns} label={words.runs}>
          {(run) => (
            <>
              <RunBadge run={run} />
              <Text size="sm" component="div" mt={4}>
                <Anchor
                  component="button"
                  type="button"
                  inherit
                  underline="always"
                  aria-current={run.id === shown ? 'true' : undefined}
                  onClick={() => go({ ...search, run: run.id })}
                >
                  {runWords(run).join(', ')}
                </Anchor>
              </Text>
              <Text size="xs" c="dimmed" component="div">
                {`${run.environment ?? words.latest}, ${words.by(run.by)}, `}
                <Time at={run.at} />
              </Text>
            </>
          )}
        </PagedList>
      </Card>
    </Stack>
  );
}

function Off({ space: { id } }: { space: Space }) {
  return (
    <Alert color="gray" title={words.off}>
      <Text size="sm" mb="xs">
        {words.offHint}
      </Text>
      <Code block>{words.offCommand(id)}</Code>
    </Alert>
  );
}
