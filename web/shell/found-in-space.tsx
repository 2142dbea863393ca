import type { SpotlightActionData } from '@mantine/spotlight';
import { IconFileText } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { api, dataOf } from '../api/client.ts';
import { wordsOfKind } from '../parts/knowledge/kind-words.ts';
import { entryPath, spaceOfPath } from '../parts/knowledge/paths.ts';
import { spaceQuery } from '../parts/knowledge/space-queries.ts';
import { texts } from '../texts/index.ts';

/** How many are shown; the list of all entries has the others. */
const mostShown = 5;

/** Entries with these words, in the space whose page is open. */
export function useFoundInSpace(text: string): {
  actions: SpotlightActionData[];
  isFetching: boolean;
} {
  const router = useRouter();
  const space = spaceOfPath(useRouterState({ select: ({ location }) => location.pathname }));
  const { data: shown } = useQuery({ ...spaceQuery(space ?? ''), enabled: space !== null });
  const { data, isFetching } = useQuery({
    queryKey: ['find', 'space', space, text],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/entries', {
          params: { path: { space: space ?? '' }, query: { q: text, limit: mostShown } },
          signal,
        }),
      ),
    enabled: space !== null && text !== '',
    placeholderData: keepPreviousData,
    // A space that is not there has nothing to find; its pages say so.
    retry: false,
  });
  if (space === null || text === '') return { actions: [], isFetching: false };
  const actions = (data?.items ?? []).map(({ id, title, kind }) => ({
    id: entryPath(space, id),
    label: title.trim() === '' ? texts.entries.untitled : title,
    description: wordsOfKind(shown, kind).one,
    leftSection: <IconFileText size={18} aria-hidden />,
    onClick: () => router.history.push(entryPath(space, id)),
  }));
  return { actions, isFetching };
}
