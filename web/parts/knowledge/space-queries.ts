import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';

/** A space, with its kinds and how it stands. */
export function spaceQuery(space: string) {
  return queryOptions({
    queryKey: ['space', space],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/spaces/{space}', { params: { path: { space } }, signal })),
  });
}

/** What the keys of everything begin with that is read again when a space has changed. */
export function spaceLists(space: string) {
  return ['space', space, 'lists'] as const;
}
