import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { useMay } from '../../../api/session.ts';
import type { Answer } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { projectQuery } from '../mirror-queries.ts';

type Project = Answer<'/v1/projects/{project}'>;
type Labels = Record<'planTier' | 'region', string>;

const words = texts.settings;
const { project: said, projectTitle } = words;

/** What the project itself is told by in figures; the same for all of its branches. */
export function ProjectCard({ project: id }: { project: string }) {
  const mayChange = useMay('admin');
  const { data: project, error, refetch } = useQuery(projectQuery(id));
  if (project === undefined)
    return <PartProblem title={projectTitle} error={error} onRetry={() => void refetch()} />;
  return (
    <Card title={projectTitle}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {said.hint}
        </Text>
        {mayChange ? (
          <ProjectForm project={project} />
        ) : (
          <Facts
            facts={[
              [said.planTier, project.planTier ?? said.unsaid],
              [said.region, project.region ?? said.unsaid],
            ]}
          />
        )}
      </Stack>
    </Card>
  );
}

function ProjectForm({ project }: { project: Project }) {
  const client = useQueryClient();
  const stored = labelsOf(project);
  const [draft, setDraft] = useState<Labels | null>(null);
  const labels = draft ?? stored;
  const isChanged = labels.planTier !== stored.planTier || labels.region !== stored.region;
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        api.PATCH('/v1/projects/{project}', {
          params: { path: { project: project.id } },
          body: changesOf(labels, stored),
        }),
      ),
    onSuccess: (now) => {
      client.setQueryData(projectQuery(project.id).queryKey, now);
      setDraft(null);
      notifications.show({ message: said.saved });
    },
  });
  const isSaidAtField = (['planTier', 'region'] as const).some(
    (key) => fieldError(save.error, `/${key}`) !== undefined,
  );
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error === null) return;
    // While it was sent, the button could not keep the focus.
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [type="submit"]')?.focus();
  }, [save.error]);
  const field = (key: keyof Labels) => ({
    label: said[key],
    description: said.hints[key],
    value: labels[key],
    autoComplete: 'off',
    error: fieldError(save.error, `/${key}`),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      save.reset();
      setDraft({ ...labels, [key]: event.currentTarget.value });
    },
  });
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && !save.isPending) save.mutate();
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput {...field('planTier')} />
          <TextInput {...field('region')} />
        </SimpleGrid>
        {save.error !== null && !isSaidAtField && <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          {isChanged && (
            <Button
              variant="default"
              onClick={() => {
                save.reset();
                setDraft(null);
              }}
            >
              {words.discard}
            </Button>
          )}
          <Button type="submit" disabled={!isChanged} loading={save.isPending}>
            {said.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function labelsOf({ planTier, region }: Pick<Project, 'planTier' | 'region'>): Labels {
  return { planTier: planTier ?? '', region: region ?? '' };
}

/** Only what was changed, so that what somebody else says meanwhile stays; an empty field takes it back. */
function changesOf(labels: Labels, stored: Labels) {
  const { planTier, region } = labels;
  return {
    ...(planTier === stored.planTier ? {} : { planTier: planTier.trim() || null }),
    ...(region === stored.region ? {} : { region: region.trim() || null }),
  };
}
