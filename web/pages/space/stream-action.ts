import type { QueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import type { StreamAction } from '../../parts/streams/stream-actions.tsx';

/** Does what an operator wants with a space, and keeps how it is then. */
export async function actOnSpace(
  client: QueryClient,
  space: string,
  action: StreamAction,
): Promise<void> {
  const params = { path: { space } };
  const now = await dataOf(api.POST(`/v1/spaces/{space}/actions/${action}`, { params }));
  client.setQueryData(spaceQuery(space).queryKey, now);
}
