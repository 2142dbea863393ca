import { useThrottledCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../../api/live.ts';
import type { Space } from '../../api/types.ts';
import { changeOf } from './change-of-space.ts';
import { spaceLists, spaceQuery } from './space-queries.ts';

/** While much is going on, lists are not read more often than this, in milliseconds. */
export const together = 2_000;

/** Follows a space while one of its pages is shown, and reads the lists of what is in it again when they may differ. */
export function useSpaceNews(space: string | null): void {
  const client = useQueryClient();
  const { data } = useQuery({ ...spaceQuery(space ?? ''), enabled: space !== null });
  useLive(space === null ? null : `space/${space}`, (event, told) => {
    const { queryKey } = spaceQuery(space ?? '');
    if (event === 'gone') void client.invalidateQueries({ queryKey });
    else client.setQueryData(queryKey, told as Space);
  });
  const readAgain = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: spaceLists(space ?? '') }),
    together,
  );
  const now = data && changeOf(data);
  const before = useRef<{ space: string | null; change: string } | null>(null);
  useEffect(() => {
    if (now === undefined || space === null) return;
    const known = before.current;
    before.current = { space, change: now };
    if (known?.space === space && known.change !== now) readAgain();
  }, [space, now, readAgain]);
}
