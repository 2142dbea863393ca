import { Stack, Stepper, Text, VisuallyHidden } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCaller, useMay } from '../../api/session.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { texts } from '../../texts/index.ts';
import { ContentsStep } from './contents-step.tsx';
import { furthestStep, shownStep } from './draft.ts';
import { steps, type Step } from './enable-search.ts';
import { PreviewStep } from './preview-step.tsx';
import { ProjectStep } from './project-step.tsx';
import { RepositoryStep } from './repository-step.tsx';
import { useDraft } from './use-draft.ts';

const { enable: words } = texts;
const route = getRouteApi('/signed-in/enable');

/** Enables a mirror, step by step. The step is in the address; what was chosen is kept while the tab is open. */
export function EnablePage() {
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
  const { draft, change, forget } = useDraft(useCaller().id, search);
  const step = shownStep(search.step, draft);
  const at = steps.indexOf(step);
  const furthest = steps.indexOf(furthestStep(draft));
  const go = (to: Step) => void navigate({ search: to === 'project' ? {} : { step: to } });
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack gap="xl">
        <Stepper
          active={at}
          size="sm"
          onStepClick={(index) => {
            const to = steps[index];
            if (to !== undefined) go(to);
          }}
        >
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
              allowStepSelect={index <= furthest && index !== at}
              aria-current={index === at ? 'step' : undefined}
            />
          ))}
        </Stepper>
        <Text hiddenFrom="sm" size="sm" c="dimmed">
          {words.stepOf(at + 1, steps.length, words.steps[step])}
        </Text>
        {step === 'project' && (
          <ProjectStep draft={draft} change={change} onDone={() => go('repository')} />
        )}
        {step === 'repository' && (
          <RepositoryStep
            draft={draft}
            change={change}
            onBack={() => go('project')}
            onDone={() => go('contents')}
          />
        )}
        {step === 'contents' && (
          <ContentsStep
            draft={draft}
            change={change}
            onBack={() => go('repository')}
            onDone={() => go('preview')}
          />
        )}
        {step === 'preview' && (
          <PreviewStep draft={draft} forget={forget} onBack={() => go('contents')} />
        )}
      </Stack>
    </>
  );
}
