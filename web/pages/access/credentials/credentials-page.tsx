import { Button, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { ListBody } from '../shared/list-body.tsx';
import { byName } from '../shared/list-search.ts';
import { matching } from '../../../parts/matching.ts';
import { CredentialDialog } from './credential-dialog.tsx';
import { credentialsQuery, type Credential } from './credentials-queries.ts';
import { credentialsSearch } from './credentials-search.ts';

const route = getRouteApi('/signed-in/access/credentials');
const { credentials: words } = texts;

/** What repositories are opened with: made, rotated, tested, and where it is used. */
export function CredentialsPage() {
  return (
    <ForRole role="operator">
      <Credentials />
    </ForRole>
  );
}

function Credentials() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMay('admin');
  const query = useQuery(credentialsQuery);
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({
      search: credentialsSearch({ ...search, ...changed }),
      replace,
      resetScroll: false,
    });
  const all = query.data ?? [];
  const shown = matching(
    byName(all).filter(
      ({ usedBy }) => search.show === undefined || (search.show === 'used') === usedBy.count > 0,
    ),
    search.text,
    ({ name, origin, username }) => [name, origin, username],
  );
  const add = isAdmin && (
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
        hint={words.filter}
        views={[
          { value: 'all', label: words.shows.all },
          { value: 'used', label: words.shows.used },
          { value: 'unused', label: words.shows.unused },
        ]}
        show={search.show ?? 'all'}
        text={search.text}
        unfiltered="all"
        go={go}
        empty={
          <EmptyState icon={<IconKey size={44} aria-hidden />} title={words.emptyTitle}>
            <Text c="dimmed">{isAdmin ? words.empty : words.emptyOther}</Text>
            {add}
          </EmptyState>
        }
      >
        <CredentialList credentials={shown} />
      </ListBody>
      <CredentialDialog credentials={query.data} search={search} go={go} />
    </>
  );
}

function CredentialList({ credentials }: { credentials: Credential[] }) {
  const search = route.useSearch();
  return (
    <RowList
      label={words.title}
      items={credentials}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.columns.name,
          cell: ({ id, name }) => (
            <RowLink
              to="/access/credentials"
              search={credentialsSearch({ ...search, item: id })}
              resetScroll={false}
            >
              {name}
            </RowLink>
          ),
        },
        { name: words.columns.origin, cell: ({ origin }) => origin ?? words.noOrigin },
        {
          name: words.columns.used,
          cell: ({ usedBy: { count, first } }) => {
            if (count === 0) return words.unused;
            return count === 1 && first[0] ? first[0].name : words.uses(count);
          },
        },
        {
          name: words.columns.changed,
          cell: ({ createdAt, rotatedAt }) => <Time at={rotatedAt ?? createdAt} />,
        },
      ]}
    />
  );
}
