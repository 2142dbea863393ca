import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import type { EntryItem } from '../entries-query.ts';
import { runEach, type Outcome } from './run-each.ts';

/** How far something that is done to several has got. */
export type BulkState =
  | { kind: 'asked' }
  | { kind: 'running'; done: number; total: number }
  | { kind: 'over'; outcomes: Outcome<EntryItem>[] };

/** Does something to several entries, and says how far it has got. `stop` lets what was begun come to its end. */
export function useBulk(space: string) {
  const client = useQueryClient();
  const [state, setState] = useState<BulkState>({ kind: 'asked' });
  const stopping = useRef<AbortController>(null);
  const run = async (
    items: readonly EntryItem[],
    act: (item: EntryItem) => Promise<{ isInReview: boolean }>,
  ) => {
    const stop = new AbortController();
    stopping.current = stop;
    setState({ kind: 'running', done: 0, total: items.length });
    const outcomes = await runEach(items, act, {
      signal: stop.signal,
      onProgress: (done) => setState({ kind: 'running', done, total: items.length }),
    });
    setState({ kind: 'over', outcomes });
    void client.invalidateQueries({ queryKey: spaceQuery(space).queryKey });
  };
  return {
    state,
    run,
    stop: () => stopping.current?.abort(),
    forget: () => setState({ kind: 'asked' }),
  };
}
