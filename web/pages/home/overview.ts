import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import type { Overview, OverviewItem } from '../../api/types.ts';

/** Every mirror and space that the caller may see, worst first. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => dataOf(api.GET('/v1/overview', { signal })),
});

/** What a `change` event carries: the items that are other than before, and those that are gone. */
interface OverviewChange {
  items: OverviewItem[];
  gone: string[];
}

/** Keeps the overview up to date while it is shown. */
export function useLiveOverview(): void {
  const client = useQueryClient();
  useLive(
    '/v1/overview/stream',
    (name, data) => {
      if (name === 'status') client.setQueryData(overviewQuery.queryKey, data as Overview);
      else
        client.setQueryData(
          overviewQuery.queryKey,
          (before) => before && withChange(before, data as OverviewChange),
        );
    },
    ['status', 'change'],
  );
}

/** The overview after a change. Items keep their places, so that nothing moves under the pointer; new ones come first. */
export function withChange(before: Overview, { items, gone }: OverviewChange): Overview {
  const changed = new Map(items.map((item) => [item.id, item]));
  const left = new Set(gone);
  const kept = before.items.flatMap((item) => {
    if (left.has(item.id)) return [];
    const now = changed.get(item.id) ?? item;
    changed.delete(item.id);
    return [now];
  });
  return { ...before, items: [...changed.values(), ...kept] };
}
