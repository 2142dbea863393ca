import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { roleAllows, type Role } from '../../model/access/roles.ts';
import { api, dataOf, keepCsrfToken } from './client.ts';
import type { Session } from './types.ts';

export const sessionKey = ['session'];

/** Who is signed in; `null` if nobody is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async (): Promise<Session | null> => {
    const session = await dataOf(api.GET('/v1/session'));
    keepCsrfToken(session?.csrfToken ?? null);
    return session;
  },
  staleTime: 60_000,
});

/** Who is signed in, on pages that only somebody who is signed in sees. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('Nobody is signed in.');
  return data;
}

/** The caller, on pages that only somebody who is signed in sees. */
export function useCaller(): Session['caller'] {
  return useSession().caller;
}

/** Whether the caller has at least this role: what one may not do is not offered. */
export function useMay(role: Role): boolean {
  return roleAllows(useCaller().role, role);
}
