import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { grantsFacts } from '../shared/grants-facts.tsx';
import { NewToken } from './new-token.tsx';
import { TokenForm, type MadeToken } from './token-form.tsx';
import { tokensQuery, type Token } from './tokens-queries.ts';
import type { tokensSearch } from './tokens-search.ts';

const { tokens: words, access } = texts;

/** The dialog of the page of tokens, as the address says: a new one, a token, or whether to revoke it. */
export function TokenDialog({
  tokens,
  search: { item, open },
  go,
}: {
  tokens: Token[] | undefined;
  search: ReturnType<typeof tokensSearch>;
  go: (changed: Record<string, unknown>, replace?: boolean) => void;
}) {
  const client = useQueryClient();
  // A secret has no place in an address, nor in the cache.
  const [made, setMade] = useState<MadeToken | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: Token) =>
      dataOf(api.DELETE('/v1/tokens/{token}', { params: { path: { token: id } } })),
    onSuccess: (_, { name }) => {
      void client.invalidateQueries(tokensQuery);
      notifications.show({ message: words.isRevoked(name) });
      go({ item: undefined, open: undefined }, true);
    },
  });
  const close = () => {
    setMade(null);
    revoke.reset();
    go({ item: undefined, open: undefined });
  };
  const back = () => {
    revoke.reset();
    go({ open: undefined });
  };
  const token = tokens?.find(({ id }) => id === item) ?? null;

  if (open === 'new')
    return (
      <Dialog
        view={made === null ? 'new' : 'made'}
        title={made === null ? words.add : words.made(made.name)}
        size="lg"
        isSticky={made !== null}
        onClose={close}
      >
        {made === null ? (
          <TokenForm
            onCancel={close}
            onDone={(one) => {
              setMade(one);
              void client.invalidateQueries(tokensQuery);
            }}
          />
        ) : (
          <NewToken token={made} onDone={close} />
        )}
      </Dialog>
    );
  if (item === undefined || tokens === undefined)
    return (
      <Dialog view={null} title="" onClose={close}>
        {null}
      </Dialog>
    );
  if (token === null)
    return (
      <Dialog view="missing" title={words.title} onClose={close}>
        <Text>{access.nobody}</Text>
      </Dialog>
    );
  if (open === 'revoke' && token.revokedAt === null)
    return (
      <Dialog
        view="revoke"
        title={words.revokeQuestion.title(token.name)}
        size="lg"
        onClose={close}
      >
        <ConfirmForm
          question={{ text: words.revokeQuestion.text, action: words.revokeQuestion.action }}
          isWorking={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(token)}
          onClose={back}
        />
      </Dialog>
    );
  return (
    <Dialog view={token.id} title={token.name} size="lg" onClose={close}>
      <TokenFacts token={token} onRevoke={() => go({ open: 'revoke' })} />
    </Dialog>
  );
}

function TokenFacts({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { kind, email, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  return (
    <Stack>
      <Facts
        facts={[
          [words.kind, words.kinds[kind]],
          [words.email, email],
          ...grantsFacts(token),
          [words.created, <Time key="created" at={createdAt} />],
          [
            words.columns.used,
            lastUsedAt === null ? words.neverUsed : <Time key="used" at={lastUsedAt} />,
          ],
          revokedAt === null
            ? [
                words.columns.expires,
                expiresAt === null ? words.neverExpires : <Time key="expires" at={expiresAt} />,
              ]
            : [words.revoked, <Time key="revoked" at={revokedAt} />],
        ]}
      />
      {revokedAt === null && (
        <Group>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={onRevoke}
          >
            {words.revoke}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
