import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { ItemOf } from '../../../api/types.ts';
import { auditQuery, type AuditSearch } from './audit-search.ts';

export type AuditEntry = ItemOf<'/v1/audit'>;

/** Entries of the audit log that the filters let through, newest first. */
export function entriesQuery(filters: AuditSearch) {
  const query = { limit: 50, ...auditQuery(filters) };
  return infiniteQueryOptions({
    ...pages,
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/v1/audit', { params: { query: { ...query, ...cursorOf(pageParam) } }, signal }),
      ),
  });
}
