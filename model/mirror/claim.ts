import { objectOf, type WaitingChange } from './events.ts';
import type { ObjectVersion } from '../platform/object.ts';

/** What a reading of the source covers. */
export interface Reading {
  /** The objects that existed. */
  objects: readonly Pick<ObjectVersion, 'kind' | 'id' | 'version' | 'changedAt'>[];
  /** The number of the last change that was accepted before the reading began. */
  seenThrough: number;
  /** When the reading began, ISO 8601 in UTC. */
  beganAt: string;
}

/**
 * A change older than this is covered by any reading: if a platform still shows an older version
 * after ten minutes, it has reverted the object or restarted its numbering.
 */
const STALE_AFTER = 10 * 60_000;

/**
 * Divides waiting changes into those whose result the reading contains and those that wait for the next one.
 * A change whose version is at most the version read is contained, even if it arrived during the reading; one
 * with a newer version is not, no matter when it arrived. A change that arrived before the reading began and
 * has no version to compare (a job, a table, a deleted object) is contained.
 */
export function claimChanges<T extends WaitingChange>(
  waiting: readonly T[],
  { objects, seenThrough, beganAt }: Reading,
): { taken: T[]; left: T[] } {
  const read = new Map(objects.map((object) => [`${object.kind}/${object.id}`, object]));
  const taken: T[] = [];
  const left: T[] = [];
  for (const change of waiting) {
    (isHeld(change) ? taken : left).push(change);
  }
  return { taken, left };

  function isHeld(change: T): boolean {
    const seen = change.sequence <= seenThrough;
    const name = objectOf(change);
    if (change.version === null || name === null) return seen;
    const object = read.get(`${name.kind}/${name.id}`);
    if (object === undefined) return seen;
    if (change.version <= object.version) return true;
    // The object was purged and created again: the old one's versions are higher, but it no longer exists.
    if (
      seen &&
      object.changedAt !== null &&
      Date.parse(change.occurredAt) <= Date.parse(object.changedAt)
    )
      return true;
    return seen && Date.parse(beganAt) - Date.parse(change.receivedAt) > STALE_AFTER;
  }
}
