import { Button, Group, Text } from '@mantine/core';
import { IconPlus, IconServer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCaller } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { HostTokenDialog } from './host-token-dialog.tsx';
import { hostTokensQuery, type HostToken } from './host-tokens-queries.ts';
import { hostTokensSearch } from './host-tokens-search.ts';

const route = getRouteApi('/signed-in/access/host-tokens');
const { hostTokens: words } = texts;

/** The caller's own tokens of Git hosts, with which they approve there in their own name. */
export function HostTokensPage() {
  const { kind } = useCaller();
  if (kind === 'person') return <HostTokens />;
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <EmptyState icon={<IconServer size={44} aria-hidden />} title={words.emptyTitle}>
        {words.onlyPeople}
      </EmptyState>
    </>
  );
}

function HostTokens() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: tokens, error, refetch } = useQuery(hostTokensQuery);
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({
      search: hostTokensSearch({ ...search, ...changed }),
      replace,
      resetScroll: false,
    });
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => go({ open: 'new', item: undefined })}
    >
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={tokens !== undefined && tokens.length > 0 && add}
      />
      {tokens === undefined && <PageProblem error={error} onRetry={() => void refetch()} />}
      {tokens?.length === 0 && (
        <EmptyState icon={<IconServer size={44} aria-hidden />} title={words.emptyTitle}>
          <Text c="dimmed">{words.empty}</Text>
          {add}
        </EmptyState>
      )}
      {tokens !== undefined && tokens.length > 0 && <HostTokenList tokens={tokens} go={go} />}
      <HostTokenDialog search={search} go={go} />
    </>
  );
}

function HostTokenList({
  tokens,
  go,
}: {
  tokens: HostToken[];
  go: (changed: Record<string, unknown>) => void;
}) {
  return (
    <RowList
      label={words.title}
      items={tokens}
      keyOf={({ origin }) => origin}
      columns={[
        { name: words.columns.host, cell: ({ origin }) => <Text fw={500}>{origin}</Text> },
        { name: words.columns.stored, cell: ({ storedAt }) => <Time at={storedAt} /> },
        {
          name: words.columns.state,
          cell: ({ refusedAt }) =>
            refusedAt === null ? (
              words.works
            ) : (
              <>
                {words.refused} <Time at={refusedAt} />
                <Text size="sm" c="dimmed">
                  {words.refusedHint}
                </Text>
              </>
            ),
        },
        {
          name: words.actions,
          cell: ({ origin }) => (
            <Group gap="xs">
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words.replaceOf(origin)}
                onClick={() => go({ open: 'new', item: origin })}
              >
                {words.replace}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={words.removeOf(origin)}
                onClick={() => go({ open: 'remove', item: origin })}
              >
                {words.remove}
              </Button>
            </Group>
          ),
        },
      ]}
    />
  );
}
