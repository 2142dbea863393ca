import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { ItemOf } from '../../../api/types.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';
import type { EntryPath } from '../history/history-queries.ts';

/** The scores of one version, environment, arm and name together. */
export type Score = ItemOf<'/v1/spaces/{space}/prompts/{prompt}/scores'>;

/** What those who use a prompt said of its versions, newest version first. */
export function scoresQuery({ space, entry }: EntryPath) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'scores', entry],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/prompts/{prompt}/scores', {
          params: { path: { space, prompt: entry } },
          signal,
        }),
      ),
  });
}
