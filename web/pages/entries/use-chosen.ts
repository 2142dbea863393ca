import { useCallback, useMemo, useState } from 'react';
import type { EntryItem } from './entries-query.ts';

/**
 * The entries that are chosen, by id, as the list has them now: what is done to them begins from what one sees. What is no
 * longer in the list is not chosen.
 */
export function useChosen(items: readonly EntryItem[] | undefined): {
  chosen: ReadonlyMap<string, EntryItem>;
  choose: (item: EntryItem, isChosen: boolean) => void;
  chooseAll: (items: readonly EntryItem[]) => void;
} {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const choose = useCallback(
    ({ id }: EntryItem, isChosen: boolean) =>
      setIds((before) => {
        const now = new Set(before);
        if (isChosen) now.add(id);
        else now.delete(id);
        return now;
      }),
    [],
  );
  const chooseAll = useCallback(
    (all: readonly EntryItem[]) => setIds(new Set(all.map(({ id }) => id))),
    [],
  );
  const chosen = useMemo(
    () =>
      new Map(
        ids.size === 0
          ? []
          : (items ?? []).filter(({ id }) => ids.has(id)).map((item) => [item.id, item]),
      ),
    [ids, items],
  );
  return { chosen, choose, chooseAll };
}
