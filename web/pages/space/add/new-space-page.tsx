import { Button, Group, Stack, Stepper, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCaller, useMay } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import { WebhookSetup } from '../settings/webhook-setup.tsx';
import { steps } from './new-space-search.ts';
import { SpaceNameStep } from './space-name-step.tsx';
import { SpaceRepositoryStep } from './space-repository-step.tsx';
import { useSpaceDraft } from './use-space-draft.ts';

const { newSpace: words } = texts;
const route = getRouteApi('/signed-in/new-space');

/** Adds a space, step by step. The step is in the address; what was chosen is kept while the tab is open. */
export function NewSpacePage() {
  return useMay('admin') ? (
    <Steps />
  ) : (
    <>
      <PageHeader title={words.title} />
      <EmptyState title={texts.common.roles.admin.name}>{words.onlyAdmins}</EmptyState>
    </>
  );
}

function Steps() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { draft, change, forget } = useSpaceDraft(useCaller().id);
  const asked = search.step ?? 'repository';
  // A step needs what the one before it gives.
  const step = asked === 'space' && !draft.isChecked ? 'repository' : asked;
  const at = steps.indexOf(step);
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack gap="xl">
        <Stepper active={at} size="sm" allowNextStepsSelect={false}>
          {steps.map((one, index) => (
            <Stepper.Step
              key={one}
              label={
                <>
                  <Text span inherit visibleFrom="sm">
                    {words.steps[one]}
                  </Text>
                  {/* On a phone only the number is seen. */}
                  <VisuallyHidden hiddenFrom="sm">{words.steps[one]}</VisuallyHidden>
                </>
              }
              allowStepSelect={false}
              aria-current={index === at ? 'step' : undefined}
            />
          ))}
        </Stepper>
        <Text hiddenFrom="sm" size="sm" c="dimmed">
          {words.stepOf(at + 1, steps.length, words.steps[step])}
        </Text>
        {step === 'repository' && (
          <SpaceRepositoryStep
            draft={draft}
            change={change}
            onDone={() => void navigate({ search: { step: 'space' } })}
          />
        )}
        {step === 'space' && (
          <SpaceNameStep
            draft={draft}
            change={change}
            onBack={() => void navigate({ search: {} })}
            onDone={(space) => {
              forget();
              void navigate({ search: { step: 'webhook', space }, replace: true });
            }}
          />
        )}
        {step === 'webhook' && <WebhookStep id={search.space ?? ''} />}
      </Stack>
    </>
  );
}

/** The last step, about the space that was added: its webhook, which may also be set up later. */
function WebhookStep({ id }: { id: string }) {
  const navigate = route.useNavigate();
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <Stack maw="44rem">
      <Title order={2} size="h3">
        {words.webhook.title}
      </Title>
      <WebhookSetup space={space} />
      <Group justify="flex-end">
        <Button onClick={() => void navigate({ to: '/spaces/$space', params: { space: id } })}>
          {words.webhook.done}
        </Button>
      </Group>
    </Stack>
  );
}
