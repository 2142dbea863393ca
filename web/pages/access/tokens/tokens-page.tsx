import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPassword, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { Time, useNow } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { grantsText } from '../shared/grants-text.ts';
import { ListBody } from '../shared/list-body.tsx';
import { byName } from '../shared/list-search.ts';
import { matching } from '../../../parts/matching.ts';
import { TokenDialog } from './token-dialog.tsx';
import { tokenState } from './token-state.ts';
import { tokensQuery, type Token } from './tokens-queries.ts';
import { tokensSearch } from './tokens-search.ts';

const route = getRouteApi('/signed-in/access/tokens');
const { tokens: words, common, access } = texts;

/** What programs call the API with: made, shown once, revoked. */
export function TokensPage() {
  return (
    <ForRole role="admin">
      <Tokens />
    </ForRole>
  );
}

function Tokens() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow();
  const query = useQuery(tokensQuery);
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({ search: tokensSearch({ ...search, ...changed }), replace, resetScroll: false });
  const all = query.data ?? [];
  const shown = matching(
    byName(all).filter(
      (token) =>
        search.show === 'all' ||
        (search.show === 'ended') === (tokenState(token, now) !== 'working'),
    ),
    search.text,
    ({ name, email, role }) => [name, email, common.roles[role].name],
  );
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
      <PageHeader title={words.title} detail={words.detail} actions={all.length > 0 && add} />
      <ListBody
        query={query}
        shown={shown}
        label={words.title}
        hint={access.filter}
        views={[
          { value: 'working', label: words.shows.working },
          { value: 'ended', label: words.shows.ended },
          { value: 'all', label: words.shows.all },
        ]}
        show={search.show ?? 'working'}
        text={search.text}
        unfiltered="all"
        go={go}
        empty={
          <EmptyState icon={<IconPassword size={44} aria-hidden />} title={words.emptyTitle}>
            <Text c="dimmed">{words.empty}</Text>
            {add}
          </EmptyState>
        }
      >
        <TokenList tokens={shown} />
      </ListBody>
      <TokenDialog tokens={query.data} search={search} go={go} />
    </>
  );
}

function TokenList({ tokens }: { tokens: Token[] }) {
  const search = route.useSearch();
  const now = useNow();
  return (
    <RowList
      label={words.title}
      items={tokens}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.columns.name,
          cell: (token) => (
            <>
              <Group gap="xs">
                <RowLink
                  to="/access/tokens"
                  search={tokensSearch({ ...search, item: token.id })}
                  resetScroll={false}
                >
                  {token.name}
                </RowLink>
                {tokenState(token, now) === 'revoked' && (
                  <Badge variant="light" color="gray" tt="none">
                    {words.revoked}
                  </Badge>
                )}
                {tokenState(token, now) === 'expired' && (
                  <Badge variant="light" color="gray" tt="none">
                    {words.expired}
                  </Badge>
                )}
              </Group>
              <Text size="sm" c="dimmed">
                {token.email ?? words.kinds[token.kind]}
              </Text>
            </>
          ),
        },
        { name: words.columns.role, cell: ({ role }) => common.roles[role].name },
        { name: words.columns.access, cell: (token) => grantsText(token) },
        {
          name: words.columns.used,
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? words.neverUsed : <Time at={lastUsedAt} />,
        },
        {
          name: words.columns.expires,
          cell: ({ expiresAt }) =>
            expiresAt === null ? words.neverExpires : <Time at={expiresAt} />,
        },
      ]}
    />
  );
}
