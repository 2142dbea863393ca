import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../db/connect.ts';
import { isTooMuch, removeOld } from '../../db/housekeeping/remove-old.ts';
import type { Portion } from '../../db/housekeeping/portion.ts';
import { keptFor, type Retention } from '../../model/housekeeping/retention.ts';
import type { Execution } from '../streams/execution.ts';
import type { RemovedOld, RemoveOldInput } from './contract.ts';

/** How long one activity removes, in milliseconds; the workflow calls the next one. */
const longest = 20_000;

/** How many rows a portion looks at: to begin with, and within what it is changed. */
const rows = { first: 500, least: 20, most: 5_000 };

/** How long a portion should take, in milliseconds: below, the next one is larger, and above, smaller. */
const wanted = { least: 50, most: 200 };

/**
 * Removes old rows of a kind in portions until nothing is left, its time is over or the signal aborts. It pauses for as long as
 * each portion took, so that it never takes more than half of what one connection can do. A portion that takes too long, or that
 * others are in the way of, is tried again smaller; rejects if the smallest one fails.
 */
export async function removeOldRows(
  { db, retention }: { db: Db; retention: Retention },
  { kind, cursor }: RemoveOldInput,
  { signal, step }: Pick<Execution, 'signal' | 'step'>,
): Promise<RemovedOld> {
  const kept = keptFor(kind, retention);
  if (kept === null) return { removed: 0, cursor: null };
  const before = new Date(Date.now() - kept);
  const endsAt = Date.now() + longest;
  let limit = rows.first;
  let removed = 0;
  let next = cursor;
  do {
    signal.throwIfAborted();
    const began = Date.now();
    const portion: Portion | null = await removeOld(db, kind, {
      before,
      limit,
      cursor: next,
    }).catch((error: unknown) => {
      if (isTooMuch(error) && limit > rows.least) return null;
      throw error;
    });
    const took = Date.now() - began;
    if (portion === null || took > wanted.most) limit = Math.max(rows.least, Math.floor(limit / 2));
    else if (took < wanted.least) limit = Math.min(rows.most, limit * 2);
    if (portion !== null) {
      removed += portion.removed;
      next = portion.cursor;
      step(`Removing ${kind.replaceAll('_', ' ')}`, { done: removed });
      if (next === null) break;
    }
    await sleep(Math.max(took, 1), undefined, { signal });
  } while (Date.now() < endsAt);
  return { removed, cursor: next };
}
