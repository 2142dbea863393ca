import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { useMay } from '../../../api/session.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { texts } from '../../../texts/index.ts';
import { CredentialFacts } from './credential-facts.tsx';
import { CredentialForm } from './credential-form.tsx';
import { CredentialTest } from './credential-test.tsx';
import { credentialsQuery, type Credential } from './credentials-queries.ts';
import type { credentialsSearch } from './credentials-search.ts';
import { SecretForm } from './secret-form.tsx';

const { credentials: words, access } = texts;

/** The dialog of the page of credentials, as the address says: a new one, one, or what is being done with it. */
export function CredentialDialog({
  credentials,
  search: { item, open },
  go,
}: {
  credentials: Credential[] | undefined;
  search: ReturnType<typeof credentialsSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const isAdmin = useMay('admin');
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ id }: Credential) =>
      dataOf(api.DELETE('/v1/credentials/{credential}', { params: { path: { credential: id } } })),
    onSuccess: (_, { name }) => {
      void client.invalidateQueries(credentialsQuery);
      notifications.show({ message: words.removed(name) });
      go({ item: undefined, open: undefined }, true);
    },
  });
  const close = () => {
    remove.reset();
    go({ item: undefined, open: undefined });
  };
  const back = () => {
    remove.reset();
    go({ open: undefined });
  };
  const show = (now: Credential) =>
    client.setQueryData(credentialsQuery.queryKey, (before = []) => [
      ...before.filter(({ id }) => id !== now.id),
      now,
    ]);

  if (open === 'new' && isAdmin)
    return (
      <Dialog view="new" title={words.add} onClose={close}>
        <CredentialForm
          onCancel={close}
          onDone={(now) => {
            show(now);
            notifications.show({ message: words.added(now.name) });
            go({ item: now.id, open: 'test' }, true);
          }}
        />
      </Dialog>
    );
  if (item === undefined || credentials === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  const credential = credentials.find(({ id }) => id === item);
  if (credential === undefined)
    return (
      <Dialog view="missing" title={words.title} onClose={close}>
        <Text>{access.nobody}</Text>
      </Dialog>
    );
  const { name } = credential;
  const isUnused = credential.usedBy.count === 0;
  if (open === 'test' && isAdmin)
    return (
      <Dialog view="test" title={words.testTitle(name)} size="lg" onClose={close}>
        <CredentialTest credential={credential} onDone={back} />
      </Dialog>
    );
  if (open === 'rotate' && isAdmin)
    return (
      <Dialog view="rotate" title={words.rotateTitle(name)} onClose={close}>
        <SecretForm
          credential={credential}
          onCancel={back}
          onDone={(now) => {
            show(now);
            notifications.show({ message: words.isRotated(name) });
            go({ open: undefined }, true);
          }}
        />
      </Dialog>
    );
  if (open === 'remove' && isAdmin && isUnused)
    return (
      <Dialog view="remove" title={words.removeQuestion.title(name)} onClose={close}>
        <ConfirmForm
          question={{ text: words.removeQuestion.text, action: words.removeQuestion.action }}
          isWorking={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(credential)}
          onClose={back}
        />
      </Dialog>
    );
  return (
    <Dialog view={credential.id} title={name} size="lg" onClose={close}>
      <CredentialFacts
        credential={credential}
        isAdmin={isAdmin}
        onOpen={(what) => go({ open: what })}
      />
    </Dialog>
  );
}
