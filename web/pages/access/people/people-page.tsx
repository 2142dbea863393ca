import { Badge, Button, Group, Text } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCaller } from '../../../api/session.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { grantsText } from '../shared/grants-text.ts';
import { ListBody } from '../shared/list-body.tsx';
import { byName } from '../shared/list-search.ts';
import { matching } from '../../../parts/matching.ts';
import { peopleQuery, type Person } from './people-queries.ts';
import { peopleSearch } from './people-search.ts';
import { PersonDialog } from './person-dialog.tsx';

const route = getRouteApi('/signed-in/access/people');
const { people: words, common, access } = texts;

/** Who signs in as themselves, and what each may do. */
export function PeoplePage() {
  return (
    <ForRole role="admin">
      <People />
    </ForRole>
  );
}

function People() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(peopleQuery);
  const go = (changed: Record<string, unknown>, replace = false) =>
    void navigate({ search: peopleSearch({ ...search, ...changed }), replace, resetScroll: false });
  const all = query.data ?? [];
  const shown = matching(
    byName(all).filter(
      ({ disabledAt }) =>
        search.show === 'all' || (search.show === 'disabled') === (disabledAt !== null),
    ),
    search.text,
    ({ name, email, role }) => [name, email, common.roles[role].name],
  );
  const add = (
    <Button
      leftSection={<IconUserPlus size={16} aria-hidden />}
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
          { value: 'active', label: words.shows.active },
          { value: 'disabled', label: words.shows.disabled },
          { value: 'all', label: words.shows.all },
        ]}
        show={search.show ?? 'active'}
        text={search.text}
        unfiltered="all"
        go={go}
        empty={
          <EmptyState icon={<IconUsers size={44} aria-hidden />} title={words.emptyTitle}>
            <Text c="dimmed">{words.empty}</Text>
            <Group justify="center">
              {add}
              <Button
                variant="default"
                renderRoot={(props) => <Link {...props} to="/access/sign-in" />}
              >
                {words.connect}
              </Button>
            </Group>
          </EmptyState>
        }
      >
        <PeopleList people={shown} />
      </ListBody>
      <PersonDialog people={query.data} search={search} go={go} />
    </>
  );
}

function PeopleList({ people }: { people: Person[] }) {
  const search = route.useSearch();
  const { id: own } = useCaller();
  return (
    <RowList
      label={words.title}
      items={people}
      keyOf={({ id }) => id}
      columns={[
        {
          name: words.columns.name,
          cell: ({ id, name, email, disabledAt, isManaged }) => (
            <>
              <Group gap="xs">
                <RowLink
                  to="/access/people"
                  search={peopleSearch({ ...search, item: id })}
                  resetScroll={false}
                >
                  {name}
                </RowLink>
                {id === own && (
                  <Badge variant="default" tt="none">
                    {words.you}
                  </Badge>
                )}
                {disabledAt !== null && (
                  <Badge variant="light" color="gray" tt="none">
                    {words.disabled}
                  </Badge>
                )}
                {isManaged && (
                  <Badge variant="light" tt="none">
                    {words.managed}
                  </Badge>
                )}
              </Group>
              {email !== null && (
                <Text size="sm" c="dimmed">
                  {email}
                </Text>
              )}
            </>
          ),
        },
        { name: words.columns.role, cell: ({ role }) => common.roles[role].name },
        { name: words.columns.access, cell: (person) => grantsText(person) },
        {
          name: words.columns.seen,
          cell: ({ lastSeenAt }) =>
            lastSeenAt === null ? words.neverSeen : <Time at={lastSeenAt} />,
        },
      ]}
    />
  );
}
