import type { AskedFeed, FeedAnswer } from '../../feeds/source-feeds.ts';
import { isTooLarge } from '../source/classify-failure.ts';
import type { JsonReader } from '../source/json-reader.ts';
import type { StorageApiClient } from '../source/storage-api-client.ts';
import { decodeStorageEvent, type StorageEvent } from './storage-event.ts';

/** How many events one answer may have, and how many if they are too large: one may have 200 KB, and six times as much as JSON. */
const pageSizes = [500, 40, 5];
const maxPageBytes = 12 * 1024 * 1024;
/** How many answers are asked for at once. */
const mostPages = 8;
/** How many events are looked at for the place to begin from. */
const lookBack = 100;
/**
 * Events become visible in an order that may differ from that of their ids. Those that are so much younger than the newest one, in
 * milliseconds, are asked for again.
 */
const settledAfter = 20_000;

/** Times are exact to the second: what may be from after a time is looked at again, in milliseconds. */
const unsure = 60_000;
/** By how much our clock may be ahead of the platform's, in milliseconds. */
const clocksDiffer = 5 * 60_000;

interface Page {
  events: StorageEvent[];
  /** Whether it has as many as it may have. */
  isFull: boolean;
  /** Whether there are some whose place cannot be told. */
  hasUnplaced: boolean;
}

/** Asks for the events of a branch since the cursor, which is the id of an event. */
export async function askForEvents(
  client: StorageApiClient,
  { projectId, branchId, isDefault, cursor, since }: AskedFeed,
  signal: AbortSignal,
): Promise<FeedAnswer> {
  if (branchId === null) throw new Error('A feed of events is that of a branch.');
  const listing = { projectId, branchId };
  const path = isDefault ? '/events' : `/branch/${encodeURIComponent(branchId)}/events`;
  return cursor === null ? begin() : goOn(cursor);

  async function begin(): Promise<FeedAnswer> {
    const { events, isFull } = await ask({ sortOrder: 'desc' }, lookBack);
    const newest = events.sort(byAge);
    const before = since === null ? -Infinity : since.getTime() - unsure;
    const known = newest.filter(({ createdAt }) => createdAt < before);
    const place = known.at(-1)?.id;
    if (place !== undefined) return { events: [], cursor: place, more: true, gap: false };
    // There is nothing that is older.
    if (since !== null && !isFull)
      return { events: [], cursor: '', more: newest.length > 0, gap: false };
    const cursor = settled(newest)?.id ?? newest[0]?.id ?? '';
    return { events: [], cursor, more: false, gap: true };
  }

  /** Reads to the end, and remembers the newest event before which no other can appear any more. */
  async function goOn(cursor: string): Promise<FeedAnswer> {
    const read = new Map<string, StorageEvent>();
    let after = cursor;
    let gap = false;
    for (let pages = 1; ; pages += 1) {
      const page = await ask({ sortOrder: 'asc', ...(after !== '' && { sinceId: after }) });
      const inOrder = page.events.toSorted(byAge);
      for (const event of inOrder) read.set(event.id, event);
      const last = inOrder.at(-1)?.id ?? after;
      gap ||= page.hasUnplaced || inOrder.some(({ reports }) => reports === undefined);
      if (!page.isFull) return answer({ more: false, gap });
      // A host that does not sort by age shows the newest of too many; one that does not know cursors, the same ones again.
      if (isYoungerFirst(page.events) || last === after) return answer({ more: false, gap: true });
      after = last;
      if (pages < mostPages) continue;
      const now = answer({ more: true, gap });
      return now.cursor === cursor ? { ...now, cursor: after, gap: true } : now;
    }

    function answer(rest: Pick<FeedAnswer, 'more' | 'gap'>): FeedAnswer {
      const events = [...read.values()].sort(byAge);
      const reports = events.flatMap(({ reports }) => reports ?? []);
      return { events: reports, cursor: settled(events)?.id ?? cursor, ...rest };
    }
  }

  /** Asks for a page, and for a smaller one if it is too large. */
  async function ask(query: Record<string, string>, most = Infinity): Promise<Page> {
    for (const size of pageSizes) {
      const limit = Math.min(size, most);
      const text = new URLSearchParams({ ...query, limit: String(limit) }).toString();
      const decode = (page: JsonReader): Page => {
        const items = page.items();
        const events = items.flatMap((event) => decodeStorageEvent(event, listing) ?? []);
        return { events, isFull: items.length >= limit, hasUnplaced: events.length < items.length };
      };
      try {
        return await client.get(`${path}?${text}`, decode, signal, maxPageBytes);
      } catch (error) {
        if (!isTooLarge(error) || size === pageSizes.at(-1)) throw error;
      }
    }
    throw new Error('There is no size of a page.');
  }
}

/**
 * The newest of the events before which no other can appear any more. The platform's own times say so, since our clock may be
 * ahead of its; ours does if nothing newer comes.
 */
function settled(inOrder: readonly StorageEvent[]): StorageEvent | undefined {
  const newest = inOrder.at(-1)?.createdAt ?? 0;
  const before = Math.max(Math.min(newest, Date.now()), Date.now() - clocksDiffer) - settledAfter;
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
