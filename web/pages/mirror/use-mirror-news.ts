import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../../api/live.ts';
import type { Mirror } from '../../api/types.ts';
import { mirrorQuery, type MirrorPath } from './mirror-queries.ts';

/** Follows a mirror while one of its pages is shown, and reads the lists of what it did and holds again when they may differ. */
export function useMirrorNews({ project, branch }: MirrorPath): void {
  const client = useQueryClient();
  const { data: mirror } = useQuery(mirrorQuery({ project, branch }));
  useLive(mirror ? `mirror/${mirror.projectId}/${mirror.branchId}` : null, (event, data) => {
    const { queryKey } = mirrorQuery({ project, branch });
    if (event === 'gone') void client.invalidateQueries({ queryKey });
    else client.setQueryData(queryKey, data as Mirror);
  });
  const now = mirror && told(mirror);
  const before = useRef(now);
  useEffect(() => {
    if (now !== undefined && before.current !== undefined && before.current !== now)
      void client.invalidateQueries({ queryKey: ['mirror', { project, branch }, 'lists'] });
    before.current = now;
  }, [client, project, branch, now]);
}

/** What the lists tell of, too. */
function told(mirror: Mirror): string {
  const { lastCommit, pendingChanges, state, outage, settingsVersion, verification } = mirror;
  return JSON.stringify([
    ...[lastCommit?.sha, pendingChanges, state, settingsVersion, verification?.checkedAt],
    ...[outage?.since, outage?.attempts],
  ]);
}
