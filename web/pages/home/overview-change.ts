import type { Overview, OverviewItem } from '../../api/types.ts';

/** What a `change` event carries: the items that are other than before, and those that are gone. */
export interface OverviewChange {
  items: OverviewItem[];
  gone: string[];
  counts: Overview['counts'];
}

/** The overview after a change. Items keep their places, so that nothing moves under the pointer; new ones come first. */
export function withChange(before: Overview, { items, gone, counts }: OverviewChange): Overview {
  const changed = new Map(items.map((item) => [item.id, item]));
  const left = new Set(gone);
  const kept = before.items.flatMap((item) => {
    if (left.has(item.id)) return [];
    const now = changed.get(item.id) ?? item;
    changed.delete(item.id);
    return [now];
  });
  return { ...before, counts, items: [...changed.values(), ...kept] };
}
