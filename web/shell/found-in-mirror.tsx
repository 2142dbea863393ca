import type { SpotlightActionData } from '@mantine/spotlight';
import { IconSettings, IconTable } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { api, dataOf } from '../api/client.ts';
import { objectSearchOf } from '../parts/streams/object-search-of.ts';
import { mirrorOfPath } from './mirror-of-path.ts';
import { texts } from '../texts/index.ts';

/** How many are shown; the page of the contents has all. */
const mostShown = 5;

/** Configurations, rows and tables by these words, in the mirror whose page is open. */
export function useFoundInMirror(text: string): {
  actions: SpotlightActionData[];
  isFetching: boolean;
} {
  const router = useRouter();
  const mirror = mirrorOfPath(useRouterState({ select: ({ location }) => location.pathname }));
  const isWanted = mirror !== null && text !== '';
  const { data, isFetching } = useQuery({
    queryKey: ['find', mirror, text],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/projects/{project}/mirrors/{branch}/search', {
          params: {
            path: mirror ?? { project: '', branch: '' },
            query: { text, limit: mostShown },
          },
          signal,
        }),
      ),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    // A mirror that cannot be read yet has nothing to find; its pages say why.
    retry: false,
  });
  if (mirror === null || text === '') return { actions: [], isFetching: false };
  const actions = (data?.items ?? []).map((item) => {
    const search = objectSearchOf(item);
    const { href } = router.buildLocation({
      to: '/mirrors/$project/$branch/object',
      params: mirror,
      search: search ?? {},
    });
    return {
      id: href,
      label: item.name,
      description: [texts.contents.kind[item.kind], item.componentId ?? item.tableId].join(' · '),
      leftSection:
        item.kind === 'table' ? (
          <IconTable size={18} aria-hidden />
        ) : (
          <IconSettings size={18} aria-hidden />
        ),
      onClick: () => router.history.push(href),
    };
  });
  return { actions, isFetching };
}
