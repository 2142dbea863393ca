import { Group, SegmentedControl, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { healthSearch, usualPeriod } from '../mirror-search.ts';
import { HealthNumbers } from './health-numbers.tsx';
import { healthQuery, type Health } from './health-queries.ts';
import { isQuiet } from './measures.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/health');
const words = texts.health;
const periods = ['day', 'week', 'month'] as const;
// What draws is only needed where there is something to draw.
const HealthCharts = lazy(async () => {
  const { HealthCharts: Charts } = await import('./health-charts.tsx');
  return { default: Charts };
});

/** How a mirror has been doing over a day, a week or a month, as small charts. */
export function HealthPage() {
  const path = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery({
    ...healthQuery(path, search),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <MirrorHeader path={path} title={words.title} />
      <Stack>
        <Group>
          <SegmentedControl
            aria-label={words.period}
            value={search.period ?? usualPeriod}
            onChange={(period) =>
              void navigate({ search: healthSearch({ period }), replace: true, resetScroll: false })
            }
            data={periods.map((period) => ({ value: period, label: words.periods[period] }))}
          />
        </Group>
        {data !== undefined && <Shown health={data} />}
        {data === undefined &&
          (error === null ? (
            <PageLoading />
          ) : (
            <PageProblem error={error} onRetry={() => void refetch()} />
          ))}
      </Stack>
    </>
  );
}

function Shown({ health }: { health: Health }) {
  if (isQuiet(health))
    return <EmptyState title={words.empty[health.period]}>{words.emptyHint}</EmptyState>;
  return (
    <>
      <Suspense fallback={<PageLoading />}>
        <HealthCharts health={health} />
      </Suspense>
      <HealthNumbers health={health} />
    </>
  );
}
