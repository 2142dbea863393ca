import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ShownOnce } from '../shared/shown-once.tsx';
import type { Person } from './people-queries.ts';

const { people: words, access } = texts;

/** Makes a link that signs a person in, and shows it once. */
export function SignInLinkForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const make = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/sign-in-links', { body: { person: person.id } })),
  });
  if (make.data !== undefined)
    return (
      <Stack>
        <ShownOnce label={words.linkTitle(person.name)} value={make.data.url}>
          {words.linkOnce} <Time at={make.data.expiresAt} />.
        </ShownOnce>
        <Group justify="flex-end">
          <Button onClick={onDone}>{access.done}</Button>
        </Group>
      </Stack>
    );
  return (
    <DialogForm
      action={words.makeLink}
      isWorking={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onCancel={onDone}
    >
      <Text>{words.linkHint}</Text>
    </DialogForm>
  );
}
