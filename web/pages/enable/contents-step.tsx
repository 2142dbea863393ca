import { Input, NumberInput, Radio, Stack, Switch, TagsInput, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fieldError } from '../../parts/field-error.ts';
import { texts } from '../../texts/index.ts';
import type { Draft } from './draft.ts';
import { previewQuery } from './enable-queries.ts';
import { StepForm } from './step-form.tsx';
import type { ChangeDraft } from './use-draft.ts';

const { contents: words, next } = texts.enable;
const secrets = ['encrypted', 'omitted'] as const;

const fields = ['/samples/rows', '/jobs/retainDays', '/notify/emails'];

/** The third step: what is written and what is left out. The preview that follows is also its check. */
export function ContentsStep({
  draft,
  change,
  onBack,
  onDone,
}: {
  draft: Draft;
  change: ChangeDraft;
  onBack: () => void;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => client.query({ ...previewQuery(draft), staleTime: 60_000 }),
    onSuccess: onDone,
  });
  const { error } = check;
  const give = (changed: Partial<Draft>) => {
    check.reset();
    change(changed);
  };
  const { samples, jobs } = draft;
  return (
    <StepForm
      title={words.title}
      action={next}
      isWorking={check.isPending}
      error={error}
      fields={fields}
      onBack={onBack}
      onSubmit={() => check.mutate()}
    >
      <Text>{words.always}</Text>
      <Radio.Group
        label={words.secrets}
        value={draft.secrets}
        onChange={(value) =>
          give({ secrets: secrets.find((one) => one === value) ?? draft.secrets })
        }
      >
        <Stack gap="xs" mt="xs">
          {secrets.map((one) => (
            <Radio
              key={one}
              value={one}
              label={words.secretsChoices[one]}
              description={words.secretsHint[one]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={words.samples}
        description={words.samplesHint}
        checked={samples.enabled}
        onChange={(event) =>
          give({ samples: { ...samples, enabled: event.currentTarget.checked } })
        }
      />
      {samples.enabled && draft.checked !== 'private' && (
        <Input.Description>{words.samplesPublic}</Input.Description>
      )}
      {samples.enabled && (
        <NumberInput
          maw="14rem"
          label={words.rows}
          value={samples.rows}
          onChange={(rows) => give({ samples: { ...samples, rows: Number(rows) } })}
          min={1}
          max={100}
          allowDecimal={false}
          error={fieldError(error, '/samples/rows')}
          required
        />
      )}
      <Switch
        label={words.jobs}
        description={words.jobsHint}
        checked={jobs.enabled}
        onChange={(event) => give({ jobs: { ...jobs, enabled: event.currentTarget.checked } })}
      />
      {jobs.enabled && (
        <NumberInput
          maw="14rem"
          label={words.retainDays}
          value={jobs.retainDays}
          onChange={(days) => give({ jobs: { ...jobs, retainDays: Number(days) } })}
          min={1}
          max={3_650}
          allowDecimal={false}
          error={fieldError(error, '/jobs/retainDays')}
          required
        />
      )}
      <TagsInput
        label={words.emails}
        description={words.emailsHint}
        placeholder={draft.emails.length === 0 ? words.emailsExample : ''}
        value={draft.emails}
        onChange={(emails) => give({ emails })}
        maxTags={50}
        acceptValueOnBlur
        error={fieldError(error, '/notify/emails')}
      />
    </StepForm>
  );
}
