import { createHash } from 'node:crypto';
import type { StreamId } from '../../model/streams/ids.ts';
import type { StreamState } from '../../model/streams/state.ts';
import type { ReadChanges } from '../http/event-stream.ts';
import type { OverviewView } from './overview-schema.ts';
import { streamOfTopic, type ReadItems } from './read-items.ts';
import { inOrder } from './stream-items.ts';

/** The list of everything, in order and counted. */
export function overviewOf({ items, isComplete }: ReadItems): OverviewView {
  return { items: inOrder(items), counts: countsOf(items), isComplete };
}

/**
 * Follows the list of everything for one client: first an event `status` with all of it, then
 * events `change` with the items that changed and the ids of those that are gone.
 */
export function overviewChanges(
  read: (streams: readonly StreamId[] | null) => Promise<ReadItems>,
): ReadChanges {
  /** What the client was told: of each item enough to see whether it changed. */
  const told = new Map<StreamId, { digest: string; state: StreamState }>();
  let isFirst = true;
  let isComplete = true;
  return async (topics) => {
    // If the list is cut off, one item alone does not say whether it belongs to what is shown.
    const streams = topics === null || !isComplete ? null : streamsOf(topics);
    if (streams?.length === 0) return [];
    const found = await read(streams);
    if (streams === null) isComplete = found.isComplete;
    const items = found.items.map((item) => ({ item, digest: digestOf(item) }));
    const changed = items
      .filter(({ item, digest }) => told.get(item.id)?.digest !== digest)
      .map(({ item }) => item);
    const there = new Set(found.items.map(({ id }) => id));
    const gone = (streams ?? [...told.keys()]).filter((id) => told.has(id) && !there.has(id));
    for (const id of gone) told.delete(id);
    for (const { item, digest } of items) told.set(item.id, { digest, state: item.state });
    if (isFirst) {
      isFirst = false;
      return [{ event: 'status', data: overviewOf(found) }];
    }
    if (changed.length === 0 && gone.length === 0) return [];
    const counts = countsOf([...told.values()]);
    return [{ event: 'change', data: { items: inOrder(changed), gone, counts, isComplete } }];
  };
}

function streamsOf(topics: ReadonlySet<string>): StreamId[] {
  return [...new Set([...topics].flatMap((topic) => streamOfTopic(topic) ?? []))];
}

function countsOf(items: readonly { state: StreamState }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function digestOf(item: object): string {
  return createHash('sha256').update(JSON.stringify(item)).digest('base64');
}
