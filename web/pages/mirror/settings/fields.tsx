import {
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { ChannelsField } from '../../../parts/streams/channels-field.tsx';
import { texts } from '../../../texts/index.ts';
import { credentialsQuery } from '../../access/credentials/credentials-queries.ts';
import type { SettingsForm } from './settings-form.ts';

const words = texts.settings;

/** What each group of fields gets: the form, what the API refused, and how to change it. */
export interface FieldsProps {
  form: SettingsForm;
  error: Error | null;
  onChange: (changed: Partial<SettingsForm>) => void;
}

type KeyOf<Value> = {
  [Key in keyof SettingsForm]: SettingsForm[Key] extends Value ? Key : never;
}[keyof SettingsForm];

/** What a field of each kind is given; `pointer` is where the API names it. */
function binding({ form, error, onChange }: FieldsProps) {
  return {
    text: (key: KeyOf<string>, pointer: string) => ({
      value: form[key],
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        onChange({ [key]: event.currentTarget.value }),
      error: fieldError(error, pointer),
      autoComplete: 'off',
    }),
    list: (key: KeyOf<string[]>, pointer: string) => ({
      value: form[key],
      onChange: (value: string[]) => onChange({ [key]: value }),
      error: fieldError(error, pointer),
      acceptValueOnBlur: true,
      splitChars: [],
    }),
    number: (key: 'rows' | 'maxBytes' | 'retainDays' | 'backfillDays', pointer: string) => ({
      value: form[key],
      onChange: (value: number | string) => onChange({ [key]: value }),
      error: fieldError(error, pointer),
      thousandSeparator: ',',
      allowDecimal: false,
      allowNegative: false,
    }),
    toggle: (key: KeyOf<boolean>) => ({
      checked: form[key],
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        onChange({ [key]: event.currentTarget.checked }),
    }),
    choice: <Key extends 'secrets' | 'secretsInText' | 'branchPath' | 'include' | 'drift'>(
      key: Key,
      names: Record<SettingsForm[Key], string>,
    ) => ({
      data: Object.entries<string>(names).map(([value, label]) => ({ value, label })),
      value: form[key],
      onChange: (value: string | null) => value !== null && onChange({ [key]: value }),
      allowDeselect: false,
    }),
  };
}

const columns = { base: 1, sm: 2 };

/** Where the mirror writes. */
export function RepositoryFields(props: FieldsProps) {
  const { data: credentials = [] } = useQuery(credentialsQuery);
  const { text } = binding(props);
  const { credentialId: chosen } = props.form;
  // Not to look as if there were none while they are not read.
  const isListed = chosen === null || credentials.some(({ id }) => id === chosen);
  const others = isListed ? [] : [{ value: chosen, label: chosen }];
  return (
    <Card title={words.repository}>
      <SimpleGrid cols={columns}>
        <TextInput label={words.url} {...text('url', '/repository/url')} required />
        <Select
          label={words.credential}
          data={[...others, ...credentials.map(({ id, name }) => ({ value: id, label: name }))]}
          placeholder={words.noCredential}
          value={chosen}
          onChange={(credentialId) => props.onChange({ credentialId })}
          error={fieldError(props.error, '/repository/credentialId')}
          clearable
        />
        <TextInput label={words.branch} {...text('branch', '/repository/branch')} required />
        <TextInput
          label={words.subdirectory}
          placeholder={words.subdirectoryHint}
          {...text('subdirectory', '/repository/subdirectory')}
        />
      </SimpleGrid>
    </Card>
  );
}

/** How configurations and storage are written. */
export function ContentsFields(props: FieldsProps) {
  const { choice, list, toggle } = binding(props);
  return (
    <Card title={words.contents}>
      <Stack>
        <SimpleGrid cols={columns}>
          <Select label={words.secrets} {...choice('secrets', words.secretKinds)} />
          <Select label={words.branchPath} {...choice('branchPath', words.branchPaths)} />
          <Select
            label={words.secretsInText}
            description={words.secretsInTextHint}
            {...choice('secretsInText', words.secretsInTextKinds)}
          />
        </SimpleGrid>
        <SimpleGrid cols={columns}>
          <TagsInput
            label={words.allowedPaths}
            description={words.allowedPathsHint}
            {...list('allowedPaths', '/allowedSecrets/paths')}
          />
          <TagsInput
            label={words.allowedFingerprints}
            description={words.allowedFingerprintsHint}
            {...list('allowedFingerprints', '/allowedSecrets/fingerprints')}
          />
        </SimpleGrid>
        <Switch label={words.volatile} description={words.volatileHint} {...toggle('volatile')} />
      </Stack>
    </Card>
  );
}

/** Which rows of which tables are written; shown once they are switched on. */
export function SamplesFields(props: FieldsProps) {
  const { form, error, onChange } = props;
  const { text, list, number, toggle } = binding(props);
  return (
    <Card title={words.samples}>
      <Stack>
        <Switch label={words.samplesOn} description={words.samplesHint} {...toggle('samples')} />
        {form.samples && (
          <SimpleGrid cols={columns}>
            <NumberInput label={words.rows} {...number('rows', '/samples/rows')} />
            <NumberInput label={words.maxBytes} {...number('maxBytes', '/samples/maxBytes')} />
            <TextInput
              label={words.refresh}
              description={words.refreshHint}
              {...text('refresh', '/samples/refresh')}
            />
            <Checkbox.Group
              label={words.formats}
              value={form.formats}
              onChange={(formats) => onChange({ formats })}
              error={fieldError(error, '/samples/formats')}
            >
              <Group mt="xs">
                <Checkbox value="csv" label="CSV" />
                <Checkbox value="json" label="JSON" />
              </Group>
            </Checkbox.Group>
            <TagsInput
              label={words.exclude}
              description={words.excludeHint}
              {...list('exclude', '/samples/exclude')}
            />
            <TagsInput
              label={words.masked}
              description={words.maskedHint}
              {...list('maskedColumns', '/samples/mask/columns')}
            />
            <TagsInput
              label={words.excludeMetadata}
              description={words.excludeMetadataHint}
              {...list('excludeMetadata', '/samples/excludeMetadata')}
            />
            <TagsInput
              label={words.personalDataTags}
              description={words.personalDataHint}
              {...list('personalDataTags', '/samples/personalDataTags')}
            />
          </SimpleGrid>
        )}
      </Stack>
    </Card>
  );
}

/** Which job runs are kept. */
export function RunsFields(props: FieldsProps) {
  const { choice, number, toggle } = binding(props);
  return (
    <Card title={words.runs}>
      <Stack>
        <Switch label={words.runsOn} {...toggle('jobs')} />
        {props.form.jobs && (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <Select label={words.include} {...choice('include', words.includes)} />
            <NumberInput label={words.retainDays} {...number('retainDays', '/jobs/retainDays')} />
            <NumberInput
              label={words.backfillDays}
              {...number('backfillDays', '/jobs/backfillDays')}
            />
          </SimpleGrid>
        )}
      </Stack>
    </Card>
  );
}

/** Which branches are linked. `candidates`: the names of the branches that have no mirror and match. */
export function LinkFields({
  candidates,
  ...props
}: FieldsProps & { candidates: string[] | null }) {
  const { text, list } = binding(props);
  return (
    <Stack gap="xs">
      <SimpleGrid cols={columns}>
        <TagsInput
          label={words.link}
          description={words.linkHint}
          {...list('link', '/developmentBranches/link')}
        />
        <TextInput
          label={words.gitBranch}
          description={words.gitBranchHint}
          {...text('gitBranch', '/developmentBranches/gitBranch')}
        />
      </SimpleGrid>
      {props.form.link.length > 0 && candidates !== null && (
        <Text size="sm" role="status">
          {candidates.length > 0 ? words.wouldLink(candidates) : words.wouldLinkNone}
        </Text>
      )}
    </Stack>
  );
}

/** What the host asks of commits, and what keeps clones and the branch as they should be. */
export function CommitFields(props: FieldsProps) {
  const { choice, list, text, toggle } = binding(props);
  return (
    <Card title={words.commits}>
      <Stack>
        <SimpleGrid cols={columns}>
          <TextInput
            label={words.committerName}
            placeholder={words.committerUsual}
            {...text('committerName', '/commits/committer/name')}
          />
          <TextInput
            label={words.committerEmail}
            {...text('committerEmail', '/commits/committer/email')}
          />
          <TextInput
            label={words.subjectPrefix}
            {...text('subjectPrefix', '/commits/subjectPrefix')}
          />
          <TextInput
            label={words.subjectSuffix}
            description={words.subjectHint}
            {...text('subjectSuffix', '/commits/subjectSuffix')}
          />
          <TagsInput
            label={words.pushOptions}
            description={words.pushOptionsHint}
            {...list('pushOptions', '/commits/pushOptions')}
          />
          <Select label={words.drift} {...choice('drift', words.drifts)} />
        </SimpleGrid>
        <Switch label={words.noReply} description={words.noReplyHint} {...toggle('noReply')} />
        <Switch
          label={words.attributes}
          description={words.attributesHint}
          {...toggle('attributes')}
        />
      </Stack>
    </Card>
  );
}

/** Who is told of outages. */
export function NoticeFields(props: FieldsProps) {
  const { list } = binding(props);
  return (
    <Card title={words.notices}>
      <TagsInput
        label={words.emails}
        description={words.emailsHint}
        {...list('emails', '/notify/emails')}
      />
      <ChannelsField
        chosen={props.form.channels}
        error={fieldError(props.error, '/notify/channels')}
        onChange={(channels) => props.onChange({ channels })}
      />
    </Card>
  );
}
