import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Text } from '@mantine/core';
import { api, dataOf } from '../../../api/client.ts';
import { useCaller } from '../../../api/session.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { texts } from '../../../texts/index.ts';
import { SignInLinkForm } from './sign-in-link-form.tsx';
import { peopleQuery, type Person } from './people-queries.ts';
import type { peopleSearch } from './people-search.ts';
import { PersonFacts } from './person-facts.tsx';
import { PersonForm } from './person-form.tsx';

const { people: words, access } = texts;

/** The dialog of the page of people: a new person, a person, or what is being done with them, as the address says. */
export function PersonDialog({
  people,
  search: { item, open },
  go,
}: {
  people: Person[] | undefined;
  search: ReturnType<typeof peopleSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const client = useQueryClient();
  const { id: own } = useCaller();
  const person = people?.find(({ id }) => id === item) ?? null;
  const show = (now: Person) => {
    client.setQueryData(peopleQuery.queryKey, (before) =>
      before?.some(({ id }) => id === now.id)
        ? before.map((one) => (one.id === now.id ? now : one))
        : [...(before ?? []), now],
    );
  };
  const able = useMutation({
    mutationFn: ({ id, isDisabled }: { id: string; isDisabled: boolean }) =>
      dataOf(
        api.PATCH('/v1/people/{person}', {
          params: { path: { person: id } },
          body: { isDisabled },
        }),
      ),
    onSuccess: (now) => {
      show(now);
      go({ open: undefined }, true);
      notifications.show({
        message: (now.disabledAt === null ? words.isEnabled : words.isDisabled)(now.name),
      });
    },
  });
  const close = () => {
    able.reset();
    go({ item: undefined, open: undefined });
  };
  const back = () => {
    able.reset();
    go({ open: undefined });
  };

  if (open === 'new' && people !== undefined)
    return (
      <Dialog view="new" title={words.add} size="lg" onClose={close}>
        <PersonForm
          person={null}
          onCancel={close}
          onDone={(now) => {
            show(now);
            notifications.show({ message: words.added(now.name) });
            go({ item: now.id, open: 'link' }, true);
          }}
        />
      </Dialog>
    );
  if (item === undefined || people === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  if (person === null)
    return (
      <Dialog view="missing" title={words.title} onClose={close}>
        <Text>{access.nobody}</Text>
      </Dialog>
    );
  const may = {
    change: !person.isManaged,
    link: !person.isManaged && person.disabledAt === null,
    disable: person.id !== own && person.disabledAt === null,
    new: false,
  };
  const doing = open !== undefined && may[open] ? open : null;
  const titles = {
    change: words.changeTitle(person.name),
    link: words.linkTitle(person.name),
    disable: words.disableQuestion.title(person.name),
    new: words.add,
  };
  return (
    <Dialog
      view={doing ?? person.id}
      title={doing === null ? person.name : titles[doing]}
      size="lg"
      onClose={close}
    >
      {doing === 'change' && (
        <PersonForm
          person={person}
          onCancel={back}
          onDone={(now) => {
            show(now);
            notifications.show({ message: words.changed(now.name) });
            go({ open: undefined }, true);
          }}
        />
      )}
      {doing === 'link' && <SignInLinkForm person={person} onDone={back} />}
      {doing === 'disable' && (
        <ConfirmForm
          question={{ text: words.disableQuestion.text, action: words.disableQuestion.action }}
          isWorking={able.isPending}
          error={able.error}
          onConfirm={() => able.mutate({ id: person.id, isDisabled: true })}
          onClose={back}
        />
      )}
      {doing === null && (
        <PersonFacts
          person={person}
          may={may}
          error={able.error}
          isEnabling={able.isPending}
          onOpen={(what) => go({ open: what })}
          onEnable={() => able.mutate({ id: person.id, isDisabled: false })}
        />
      )}
    </Dialog>
  );
}
