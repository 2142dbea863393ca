import type { Caller } from '../access/caller.ts';
import type { ApiDeps } from '../http/deps.ts';
import type { Followed } from '../http/event-stream.ts';
import { operationView } from '../knowledge/operations/operation-view.ts';
import { findSeenOperation } from '../knowledge/operations/seen-operation.ts';
import { findSpaceOf } from '../knowledge/spaces/space-access.ts';

/** The space and the id of an operation that is followed as `operation/<space>/<id>`; `null` if it is something else. */
export function operationFollowed(follow: string): { space: string; id: string } | null {
  const [what, space, id] = follow.split('/');
  return what === 'operation' && space !== undefined && id !== undefined ? { space, id } : null;
}

/** An operation, as its own address answers: `status` at first and whenever it has changed, `gone` if the caller may not see it. */
export function followedOperation(
  { db }: Pick<ApiDeps, 'db'>,
  caller: Caller,
  { space, id }: { space: string; id: string },
): Followed {
  let last: string | null = null;
  return {
    wants: (topic) => topic === `operation/${id}`,
    async read() {
      const access = await findSpaceOf(db, caller, space);
      const row = access && (await findSeenOperation(db, caller, access, id));
      const view = access && row && (await operationView(db, row, access.kinds('reader')));
      const now = JSON.stringify(view);
      if (now === last) return [];
      last = now;
      return [view === null ? { event: 'gone', data: {} } : { event: 'status', data: view }];
    },
  };
}
