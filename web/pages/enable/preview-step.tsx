import { Alert, Checkbox, Code, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { mirrorBody, repositoryBody, type Draft } from './draft.ts';
import { previewQuery, projectsQuery } from './enable-queries.ts';
import { FindingsList } from './findings-list.tsx';
import { findingsOf } from './findings.ts';
import { PreviewFacts } from './preview-facts.tsx';
import { StepForm } from './step-form.tsx';

const { preview: words, enable: enableWord, enabled } = texts.enable;

/** The last step: what the first commit would do; then it is done. */
export function PreviewStep({
  draft,
  forget,
  onBack,
}: {
  draft: Draft;
  forget: () => void;
  onBack: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [mayReplace, setMayReplace] = useState(false);
  // What somebody agrees to is what they have seen: it is not read again behind their back.
  const preview = useQuery({ ...previewQuery(draft), staleTime: 'static' });
  const { data: projects = [] } = useQuery(projectsQuery);
  const path = { project: draft.project, branch: draft.branch };
  const enable = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/v1/projects/{project}/mirrors/{branch}', {
          params: { path },
          body: { ...mirrorBody(draft), adopt: mayReplace },
        }),
      ),
    onSuccess: async () => {
      forget();
      const name = projects.find(({ id }) => id === draft.project)?.name ?? draft.project;
      notifications.show({ message: enabled(name) });
      void client.invalidateQueries();
      await navigate({ to: '/mirrors/$project/$branch', params: path, replace: true });
    },
  });
  const { data } = preview;
  const needsAdoption = data?.adoptionNeeded === true;
  const { url, branch, subdirectory = '' } = repositoryBody(draft);
  return (
    <StepForm
      title={words.title}
      action={enableWord}
      isWorking={enable.isPending}
      isBlocked={data === undefined || (needsAdoption && !mayReplace)}
      error={enable.error}
      onSubmit={() => enable.mutate()}
      onBack={onBack}
    >
      <Code block>{words.place(url, branch, subdirectory)}</Code>
      {preview.isFetching && (
        <Group role="status" wrap="nowrap">
          <Loader size="sm" />
          <Text>{words.reading}</Text>
        </Group>
      )}
      {preview.error && (
        <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {data && (
        <>
          <PreviewFacts preview={data} draft={draft} />
          <Paper withBorder p="md">
            <FindingsList findings={findingsOf(data.repository, branch)} />
          </Paper>
        </>
      )}
      {needsAdoption && (
        <Alert color="yellow" title={words.adoptTitle}>
          <Stack gap="sm">
            <Text size="sm">{words.adoptText}</Text>
            <Checkbox
              label={words.adopt}
              checked={mayReplace}
              onChange={(event) => setMayReplace(event.currentTarget.checked)}
            />
          </Stack>
        </Alert>
      )}
    </StepForm>
  );
}
