import { setTimeout as sleep } from 'node:timers/promises';
import { readOpenOutages } from '../../../db/streams/outages.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { Failure } from './ending.ts';

const patience = 10 * 60_000;
const pollInterval = 300;

/**
 * Has the space's workflow work now, and waits until `isDone`. Answers why that will take longer: the space is
 * paused or was ended, an attempt failed, or 10 min have passed; `null` where it is done.
 */
export async function awaitSpace(
  { db, spaces }: Pick<ActivityDependencies, 'db' | 'spaces'>,
  spaceId: string,
  isDone: (space: Space) => boolean | Promise<boolean>,
  { signal }: Execution,
): Promise<Failure | null> {
  const before = await readOpenOutages(db, spaceStream(spaceId));
  const attemptsBefore = new Map(before.map(({ id, attempts }) => [id, attempts]));
  // In an outage the next attempt would be a while off.
  if (before.length > 0) await spaces.signal(spaceId, 'retryNow');
  await spaces.signal(spaceId, 'syncNow');
  const deadline = Date.now() + patience;
  for (;;) {
    const space = await findSpace(db, spaceId);
    if (space?.endedAt !== null) return ended(spaceId);
    if (await isDone(space)) return null;
    if (space.pausedAt !== null) return paused(spaceId);
    const outages = await readOpenOutages(db, spaceStream(spaceId));
    const failed = outages.find(({ id, attempts }) => attempts > (attemptsBefore.get(id) ?? 0));
    if (failed !== undefined) return { code: failed.code, message: failed.message };
    if (Date.now() > deadline) return tooLong(spaceId);
    await sleep(pollInterval, undefined, { signal });
  }
}

/** What an operation on a space that was ended, or is not there, ends with. */
export function ended(spaceId: string): Failure {
  return { code: 'space_not_found', message: `Space ${spaceId} was ended.` };
}

function paused(spaceId: string): Failure {
  return { code: 'space_paused', message: `Space ${spaceId} is paused. Resume it.` };
}

function tooLong(spaceId: string): Failure {
  const message = `Space ${spaceId} is still at it after ${patience / 60_000} min. Look at how it stands.`;
  return { code: 'timed_out', message };
}
