import { Input, SegmentedControl, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { PageProblem } from '../../parts/page-problem.tsx';
import { texts } from '../../texts/index.ts';
import {
  branchesQuery,
  mirrorsQuery,
  type ListedMirror,
} from '../mirror/settings/settings-queries.ts';
import { BranchField } from './branch-field.tsx';
import { withoutSuggestion, type Draft } from './draft.ts';
import { platformsQuery, projectsQuery } from './enable-queries.ts';
import { NewProject } from './new-project.tsx';
import { StepForm } from './step-form.tsx';
import type { ChangeDraft } from './use-draft.ts';

const { project: words, next } = texts.enable;

interface Props {
  draft: Draft;
  change: ChangeDraft;
  onDone: () => void;
}

/** The first step: a project that is here already, or a new one, and its branch. */
export function ProjectStep(props: Props) {
  const projects = useQuery(projectsQuery);
  const platforms = useQuery(platformsQuery);
  if (projects.data === undefined || platforms.data === undefined)
    return (
      <PageProblem
        error={projects.error ?? platforms.error}
        onRetry={() => {
          void projects.refetch();
          void platforms.refetch();
        }}
      />
    );
  const { draft, change } = props;
  const isNew = projects.data.length === 0 || draft.project === 'new';
  const choice = projects.data.length > 0 && (
    <WhichProject
      isNew={isNew}
      onChange={(wantsNew) =>
        change({
          ...withoutSuggestion(draft),
          ...{ project: wantsNew ? 'new' : '', branch: '', checked: '' },
        })
      }
    />
  );
  return isNew ? (
    <NewProject {...props} platforms={platforms.data}>
      {choice}
    </NewProject>
  ) : (
    <KnownProject {...props} projects={projects.data}>
      {choice}
    </KnownProject>
  );
}

function WhichProject({
  isNew,
  onChange,
}: {
  isNew: boolean;
  onChange: (wantsNew: boolean) => void;
}) {
  const id = useId();
  return (
    <Input.Wrapper label={words.which} labelElement="div" labelProps={{ id }}>
      <SegmentedControl
        aria-labelledby={id}
        fullWidth
        mt={4}
        value={isNew ? 'new' : 'known'}
        onChange={(value) => onChange(value === 'new')}
        data={[
          { value: 'known', label: words.known },
          { value: 'new', label: words.new },
        ]}
      />
    </Input.Wrapper>
  );
}

function KnownProject({
  draft,
  change,
  onDone,
  projects,
  children,
}: Props & { projects: { id: string; name: string }[]; children: React.ReactNode }) {
  const branches = useQuery({ ...branchesQuery(draft.project), enabled: draft.project !== '' });
  const client = useQueryClient();
  const goOn = useMutation({
    mutationFn: () => client.query(mirrorsQuery(draft.project)),
    onSuccess: (mirrors) => {
      if (draft.repository.url === '') change(besideOthers(mirrors));
      onDone();
    },
  });
  return (
    <StepForm
      title={words.title}
      action={next}
      isWorking={(draft.project !== '' && branches.isLoading) || goOn.isPending}
      isBlocked={draft.project === '' || draft.branch === ''}
      error={branches.error ?? goOn.error}
      onSubmit={() => goOn.mutate()}
    >
      {children}
      <Select
        label={words.choose}
        data={projects.map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
        value={draft.project === '' ? null : draft.project}
        onChange={(project) =>
          change({ ...withoutSuggestion(draft), project: project ?? '', branch: '', checked: '' })
        }
        searchable
        required
        allowDeselect={false}
      />
      {branches.data && (
        <BranchField
          key={draft.project}
          branches={branches.data.items}
          count={branches.data.total}
          value={draft.branch}
          onChange={(branch) => change({ branch, checked: '' })}
        />
      )}
    </StepForm>
  );
}

/**
 * Until somebody says otherwise, another branch of a project goes where the project already is. Only a person can say to
 * which Git branch, because that of the other mirror is taken.
 */
function besideOthers(mirrors: readonly ListedMirror[]): Partial<Draft> {
  const known = mirrors.find(({ endedBecause }) => endedBecause === null);
  if (known === undefined) return {};
  const { url, subdirectory: folder, credentialId } = known.repository;
  return {
    repository: { url, branch: '', folder },
    ...{ credential: credentialId ?? 'none', isSuggested: true },
  };
}
