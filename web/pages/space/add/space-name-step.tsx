import { Switch, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { fieldError } from '../../../parts/field-error.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { texts } from '../../../texts/index.ts';
import { StepForm } from '../../enable/step-form.tsx';
import { idOf, spaceBody, type SpaceDraft } from './space-draft.ts';
import type { ChangeSpaceDraft } from './use-space-draft.ts';

const { space: words, added } = texts.newSpace;
const fields = ['/id', '/name', '/rules/notify/emails'];

/** The second step: what the space is called. Then it is added, and its files are read. */
export function SpaceNameStep({
  draft,
  change,
  onBack,
  onDone,
}: {
  draft: SpaceDraft;
  change: ChangeSpaceDraft;
  onBack: () => void;
  onDone: (space: string) => void;
}) {
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/spaces', { body: spaceBody(draft) })),
    onSuccess: (space) => {
      client.setQueryData(spaceQuery(space.id).queryKey, space);
      notifications.show({ message: added(space.name) });
      onDone(space.id);
    },
  });
  const { error } = add;
  const give = (changed: Partial<SpaceDraft>) => {
    add.reset();
    change(changed);
  };
  return (
    <StepForm
      title={words.title}
      action={words.add}
      isWorking={add.isPending}
      isBlocked={draft.name.trim() === '' || idOf(draft) === ''}
      error={error}
      fields={fields}
      onBack={onBack}
      onSubmit={() => add.mutate()}
    >
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={draft.name}
        onChange={(event) => give({ name: event.currentTarget.value })}
        error={fieldError(error, '/name')}
        maxLength={200}
        autoComplete="off"
        required
      />
      <TextInput
        label={words.id}
        description={words.idHint}
        value={draft.id}
        placeholder={idOf(draft)}
        onChange={(event) => give({ id: event.currentTarget.value })}
        error={fieldError(error, '/id')}
        maxLength={64}
        autoComplete="off"
        required={idOf(draft) === ''}
      />
      <Switch
        label={words.index}
        description={words.indexHint}
        checked={draft.index}
        onChange={(event) => give({ index: event.currentTarget.checked })}
      />
      <TagsInput
        label={words.emails}
        description={words.emailsHint}
        value={draft.emails}
        onChange={(emails) => give({ emails })}
        maxTags={20}
        acceptValueOnBlur
        error={fieldError(error, '/rules/notify/emails')}
      />
    </StepForm>
  );
}
