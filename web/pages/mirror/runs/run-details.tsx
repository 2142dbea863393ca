import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { fileQuery } from '../contents/contents-queries.ts';
import { FileText } from '../contents/file-text.tsx';
import type { MirrorPath } from '../mirror-queries.ts';
import { duration } from './duration.ts';
import { errorOfRun } from './error-of-run.ts';
import { runWords } from './run-words.ts';
import type { Run } from './runs-queries.ts';

const { runs: words } = texts;

/** One run: how it ended and why, and its file. */
export function RunDetails({ path, run }: { path: MirrorPath; run: Run }) {
  const { componentId: component, configurationId: configuration, seconds, status } = run;
  return (
    <Stack gap="sm">
      {run.path !== null && <RunError path={path} file={run.path} />}
      <Facts
        facts={[
          [words.columns.status, words.words[status] ?? status],
          [words.columns.ended, <Time key="ended" at={run.finishedAt} />],
          [words.columns.took, seconds === null ? null : duration(seconds)],
          [
            words.columns.what,
            configuration !== null && (
              <Anchor
                key="configuration"
                size="sm"
                renderRoot={(props) => (
                  <Link
                    to="/mirrors/$project/$branch/object"
                    params={path}
                    search={{ component, configuration }}
                    {...props}
                  />
                )}
              >
                <bdi>{runWords(run).name}</bdi>
              </Anchor>
            ),
          ],
          [words.component, run.componentName ?? component],
          [words.run, run.runId],
        ]}
      />
      {run.path === null ? (
        <Text size="sm" c="dimmed">
          {words.noFile}
        </Text>
      ) : (
        <FileText path={path} file={run.path} />
      )}
    </Stack>
  );
}

/** Why a run failed, if its file says so. */
function RunError({ path, file }: { path: MirrorPath; file: string }) {
  const { data } = useQuery(fileQuery(path, file));
  const error = data?.content == null ? null : errorOfRun(data.content);
  if (error === null) return null;
  return (
    <Alert color="red" title={words.error}>
      {error}
    </Alert>
  );
}
