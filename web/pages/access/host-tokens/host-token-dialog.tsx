import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { texts } from '../../../texts/index.ts';
import { HostTokenForm } from './host-token-form.tsx';
import { hostTokensQuery } from './host-tokens-queries.ts';
import type { hostTokensSearch } from './host-tokens-search.ts';

const { hostTokens: words } = texts;

/** The dialog of the page of host tokens, as the address says: the form for one, or whether to remove one. */
export function HostTokenDialog({
  search: { item, open },
  go,
}: {
  search: ReturnType<typeof hostTokensSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const client = useQueryClient();
  const close = () => go({ item: undefined, open: undefined });
  const done = (said: string) => {
    void client.invalidateQueries(hostTokensQuery);
    notifications.show({ message: said });
    go({ item: undefined, open: undefined }, true);
  };
  const remove = useMutation({
    mutationFn: (origin: string) =>
      dataOf(api.DELETE('/v1/me/host-tokens', { params: { query: { origin } } })),
    onSuccess: (_, origin) => done(words.removed(origin)),
  });
  if (open === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  if (open === 'remove' && item !== undefined)
    return (
      <Dialog view={`remove ${item}`} title={words.removeQuestion.title(item)} onClose={close}>
        <ConfirmForm
          question={{ text: words.removeQuestion.text, action: words.removeQuestion.action }}
          isWorking={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(item)}
          onClose={close}
        />
      </Dialog>
    );
  return (
    <Dialog
      view={`store ${item ?? ''}`}
      title={item === undefined ? words.add : words.replaceOf(item)}
      onClose={close}
    >
      <HostTokenForm
        of={item ?? null}
        onCancel={close}
        onDone={({ origin }) => done(words.stored(origin))}
      />
    </Dialog>
  );
}
