import { Button, Chip, Group, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageLoading } from '../../parts/page-loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { AddSpaceButton, EnableButton } from './add-buttons.tsx';
import { FirstSteps } from './first-steps.tsx';
import { filtered, groupOf, homeSearch, type Group as Show } from './home-filters.ts';
import { overviewQuery, useLiveOverview } from './overview.ts';
import { StreamList } from './stream-list.tsx';

const route = getRouteApi('/signed-in/');
const { home } = texts;
const shows: Show[] = ['attention', 'working', 'inStep'];

/** Every mirror and space that the caller may see, worst first, as it changes. */
export function HomePage() {
  useLiveOverview();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const mayEnable = useMay('admin');
  const { data, error, refetch } = useQuery(overviewQuery);
  if (data === undefined)
    return error === null ? (
      <PageLoading />
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  const change = (changed: Record<string, unknown>) =>
    void navigate({ search: homeSearch({ ...filters, ...changed }), replace: true });
  const { items } = data;
  if (items.length === 0) return <FirstSteps />;

  const count = (show: Show) => items.filter(({ state }) => groupOf(state) === show).length;
  const ill = count('attention');
  const shown = filtered(items, filters);
  return (
    <>
      <PageHeader
        title={home.title}
        detail={ill === 0 ? home.allWell : home.someIll(ill)}
        actions={
          mayEnable && (
            <>
              <AddSpaceButton />
              <EnableButton />
            </>
          )
        }
      />
      <Stack>
        <Group justify="space-between" gap="sm">
          <Chip.Group value={filters.show ?? 'all'} onChange={(value) => change({ show: value })}>
            <Group gap="xs" role="radiogroup" aria-label={home.show}>
              <Chip value="all">{`${home.all} ${items.length}`}</Chip>
              {shows.map((show) => (
                <Chip key={show} value={show}>
                  {`${home[show]} ${count(show)}`}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            aria-label={home.filter}
            placeholder={home.filter}
            leftSection={<IconFilter size={16} aria-hidden />}
            value={filters.text ?? ''}
            onChange={(event) => change({ text: event.currentTarget.value })}
            flex="1 1 16rem"
            maw="24rem"
          />
        </Group>
        {shown.length === 0 ? (
          <EmptyState title={home.nothingMatches}>
            <Button variant="light" onClick={() => void navigate({ search: {}, replace: true })}>
              {home.clearFilters}
            </Button>
          </EmptyState>
        ) : (
          <StreamList items={shown} />
        )}
      </Stack>
    </>
  );
}
