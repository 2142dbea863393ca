import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

const route = '/v1/installation/health';

/** How the whole installation is. */
export type InstallationHealth = Answer<typeof route>;
export type Section = InstallationHealth['sections'][number];
export type Day = NonNullable<InstallationHealth['trend']>['days'][number];

/** How often it is read again while it is shown, in milliseconds. */
const renewal = 60_000;

export const installationHealthQuery = queryOptions({
  queryKey: ['installation', 'health'],
  queryFn: ({ signal }) => dataOf(api.GET(route, { signal })),
  refetchInterval: renewal,
});
