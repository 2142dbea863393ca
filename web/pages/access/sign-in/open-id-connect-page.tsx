import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLogin2, IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Text } from '@mantine/core';
import { api, dataOf } from '../../../api/client.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { ProviderEditor } from './provider-editor.tsx';
import { providerQuery } from './provider-queries.ts';
import { ProviderShown } from './provider-shown.tsx';
import { signInSearch } from './sign-in-search.ts';

const route = getRouteApi('/signed-in/access/sign-in');
const { openIdConnect: words } = texts;

/** The company's OpenID Connect provider, and what its groups may do. */
export function OpenIdConnectPage() {
  return (
    <ForRole role="admin">
      <OpenIdConnect />
    </ForRole>
  );
}

function OpenIdConnect() {
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const { data: provider, error, refetch } = useQuery(providerQuery);
  const go = (to: 'change' | 'remove' | null, replace = false) =>
    void navigate({ search: signInSearch({ open: to }), replace });
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/v1/settings/open-id-connect')),
    onSuccess: () => {
      notifications.show({ message: words.removed(provider?.name ?? '') });
      client.setQueryData(providerQuery.queryKey, null);
      void client.invalidateQueries({ queryKey: ['sign-in'] });
      go(null, true);
    },
  });
  if (provider === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (open === 'change')
    return (
      <>
        <PageHeader title={provider === null ? words.connect : words.title} detail={words.detail} />
        <ProviderEditor
          provider={provider}
          onCancel={() => go(null, true)}
          onDone={(now) => {
            client.setQueryData(providerQuery.queryKey, now);
            void client.invalidateQueries({ queryKey: ['sign-in'] });
            notifications.show({ message: words.saved });
            go(null, true);
          }}
        />
      </>
    );
  if (provider === null)
    return (
      <>
        <PageHeader title={words.title} detail={words.detail} />
        <EmptyState icon={<IconLogin2 size={44} aria-hidden />} title={words.emptyTitle}>
          <Text c="dimmed">{words.empty}</Text>
          <Button onClick={() => go('change')}>{words.connect}</Button>
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={
          <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => go('change')}>
            {words.change}
          </Button>
        }
      />
      <ProviderShown provider={provider} onRemove={() => go('remove')} />
      <Confirm
        question={
          open === 'remove'
            ? {
                title: words.removeQuestion.title(provider.name),
                text: words.removeQuestion.text,
                action: words.removeQuestion.action,
                typed: provider.name,
              }
            : null
        }
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => {
          remove.reset();
          go(null);
        }}
      />
    </>
  );
}
