import type { AskedFeed, FeedAnswer } from '../../feeds/source-feeds.ts';
import { isTooLarge } from '../source/classify-failure.ts';
import type { JsonReader } from '../source/json-reader.ts';
import type { StorageApiClient } from '../source/storage-api-client.ts';
import { decodeStorageEvent, type StorageEvent } from './storage-event.ts';

/** How many events one answer may have. */
const pageSize = 500;
/** If they are too large: an event may have 200 KB. */
const smallPage = 40;
const maxPageBytes = 12 * 1024 * 1024;
/** How many events are looked at for the place to begin from. */
const lookBack = 100;
/**
 * Events become visible in an order that may differ from that of their ids. Those that are younger than this, in
 * milliseconds, are asked for again.
 */
const settledAfter = 20_000;

/** Times are exact to the second, and clocks differ: what may be from after a time is looked at again, in milliseconds. */
const unsure = 60_000;

/** Asks for the events of a branch since the cursor, which is the id of an event. */
export async function askForEvents(
  client: StorageApiClient,
  { projectId, branchId, isDefault, cursor, since }: AskedFeed,
  signal: AbortSignal,
): Promise<FeedAnswer> {
  if (branchId === null) throw new Error('A feed of events is that of a branch.');
  const path = isDefault ? '/events' : `/branch/${encodeURIComponent(branchId)}/events`;
  const decode = (page: JsonReader) =>
    page.items().map((event) => decodeStorageEvent(event, { projectId, branchId }));
  const list = (query: Record<string, string>) =>
    client.get(`${path}?${new URLSearchParams(query).toString()}`, decode, signal, maxPageBytes);

  if (cursor === null) return begin();
  const { events, limit } = await page(cursor);
  const inOrder = [...events].sort(byAge);
  const isFull = events.length >= limit;
  const next = settled(inOrder)?.id ?? (isFull ? inOrder.at(-1)?.id : undefined) ?? cursor;
  // A host that does not sort by age shows the newest of too many; one that does not know cursors, the same ones again.
  const gap = isFull && (isYoungerFirst(events) || next === cursor);
  return {
    events: inOrder.flatMap(({ reports }) => reports ?? []),
    cursor: next,
    more: isFull && !gap,
    gap: gap || events.some(({ reports }) => reports === undefined),
  };

  async function begin(): Promise<FeedAnswer> {
    const newest = (await list({ limit: String(lookBack), sortOrder: 'desc' })).sort(byAge);
    const before = since === null ? -Infinity : since.getTime() - unsure;
    const known = newest.filter(({ createdAt }) => createdAt < before);
    const place = known.at(-1)?.id;
    if (place !== undefined) return { events: [], cursor: place, more: true, gap: false };
    // There is nothing that is older.
    if (since !== null && newest.length < lookBack)
      return { events: [], cursor: '', more: newest.length > 0, gap: false };
    return { events: [], cursor: settled(newest)?.id ?? '', more: false, gap: true };
  }

  async function page(after: string): Promise<{ events: StorageEvent[]; limit: number }> {
    const query = { sortOrder: 'asc', ...(after === '' ? {} : { sinceId: after }) };
    try {
      return { events: await list({ ...query, limit: String(pageSize) }), limit: pageSize };
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return { events: await list({ ...query, limit: String(smallPage) }), limit: smallPage };
    }
  }
}

/** The newest of the events before which no other can appear any more. */
function settled(inOrder: readonly StorageEvent[]): StorageEvent | undefined {
  const before = Date.now() - settledAfter;
  return inOrder.filter(({ createdAt }) => createdAt < before).at(-1);
}

/** The ids of later events are larger, if they are UUIDs of version 7; times are exact to the second only. */
function byAge(a: StorageEvent, b: StorageEvent): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  return a.id < b.id ? -1 : 1;
}

function isYoungerFirst(events: readonly StorageEvent[]): boolean {
  const [first, last] = [events[0], events.at(-1)];
  return first !== undefined && last !== undefined && byAge(first, last) > 0;
}
