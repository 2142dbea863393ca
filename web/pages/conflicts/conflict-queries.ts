import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { cursorOf, pages } from '../../api/pages.ts';
import type { Answer, ItemOf } from '../../api/types.ts';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';
import type { ConflictsSearch } from './conflicts-search.ts';

/** A conflict with both sides. */
export type Conflict = Answer<'/v1/spaces/{space}/conflicts/{conflict}'>;

/** A conflict in a list. */
export type ConflictItem = ItemOf<'/v1/spaces/{space}/conflicts'>;

/** What can be chosen for everything. */
export type Side = 'git' | 'mine';

/** A decision, as the API takes it. */
export interface Settlement {
  take?: Side;
  parts?: Record<string, Side | { value: unknown }>;
  text?: string;
}

/** Conflicts, oldest first, a page at a time. */
export function conflictListQuery(space: string, search: ConflictsSearch) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(space), 'conflicts', 'pages', search],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...search, limit: 100, ...cursorOf(pageParam) };
      const params = { path: { space }, query };
      return dataOf(api.GET('/v1/spaces/{space}/conflicts', { params, signal }));
    },
  });
}

/** A conflict, read again whenever the space has changed. */
export function conflictQuery(space: string, conflict: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'conflict', conflict],
    queryFn: ({ signal }) => {
      const params = { path: { space, conflict } };
      return dataOf(api.GET('/v1/spaces/{space}/conflicts/{conflict}', { params, signal }));
    },
  });
}

/** Settles a conflict as it was seen. */
export function settle(space: string, { id, blob }: Conflict, settlement: Settlement) {
  return dataOf(
    api.POST('/v1/spaces/{space}/conflicts/{conflict}/actions/settle', {
      params: { path: { space, conflict: id } },
      body: { ...settlement, blob },
    }),
  );
}

/** Takes the same side in several conflicts. */
export function settleMany(space: string, ids: string[], take: Side) {
  return dataOf(
    api.POST('/v1/spaces/{space}/conflicts/actions/settle', {
      params: { path: { space } },
      body: { ids, take },
    }),
  );
}
