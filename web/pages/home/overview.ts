import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import type { Overview } from '../../api/types.ts';
import { withChange, type OverviewChange } from './overview-change.ts';

/** Every mirror and space that the caller may see, worst first. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => dataOf(api.GET('/v1/overview', { signal })),
});

/** Keeps the overview up to date while it is shown. */
export function useLiveOverview(): void {
  const client = useQueryClient();
  useLive('overview', (event, data) => {
    if (event === 'status') client.setQueryData(overviewQuery.queryKey, data as Overview);
    else
      client.setQueryData(
        overviewQuery.queryKey,
        (before) => before && withChange(before, data as OverviewChange),
      );
  });
}
