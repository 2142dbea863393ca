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
  const read = new Map(objects.map((object) => [nameOf(object), object]));
  const ofObject = new Map<string, T[]>();
  for (const change of waiting) {
    const name = objectOf(change);
    if (name === null) continue;
    const others = ofObject.get(nameOf(name));
    if (others === undefined) ofObject.set(nameOf(name), [change]);
    else others.push(change);
  }
  const taken: T[] = [];
  const left: T[] = [];
  for (const change of waiting) {
    (isHeld(change) ? taken : left).push(change);
  }
  return { taken, left };

  function isHeld(change: T): boolean {
    const { version, sequence, occurredAt, receivedAt } = change;
    const seen = sequence <= seenThrough;
    const name = objectOf(change);
    if (version === null || name === null) return seen;
    const object = read.get(nameOf(name));
    if (object === undefined) return seen;
    if (version <= object.version) return true;
    if (!seen) return false;
    // The object was purged and created again: the old one's versions are higher, but it no longer exists.
    if (isBefore(occurredAt, object, version)) return true;
    const others = ofObject.get(nameOf(name)) ?? [];
    if (others.some((other) => restarts(other, change, object.version))) return true;
    return Date.parse(beganAt) - Date.parse(receivedAt) > STALE_AFTER;
  }
}

function nameOf({ kind, id }: Pick<ObjectVersion, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}

/**
 * Whether a change came before the version that was read. Some platforms say only in which second an object changed; within
 * it, a first version comes after the last ones of the object that had its id before.
 */
function isBefore(
  occurredAt: string,
  { version, changedAt }: Pick<ObjectVersion, 'version' | 'changedAt'>,
  changed: number,
): boolean {
  if (changedAt === null) return false;
  const [then, now] = [Date.parse(occurredAt), Date.parse(changedAt)];
  if (then <= now) return true;
  return version === 1 && changed > 2 && now % 1_000 === 0 && then < now + 1_000;
}

/** Whether a later change of the same object has a lower version, which was read: then the numbers began anew in between. */
function restarts(other: WaitingChange, change: WaitingChange, read: number): boolean {
  return (
    other.version !== null &&
    other.version <= read &&
    other.sequence > change.sequence &&
    Date.parse(other.occurredAt) > Date.parse(change.occurredAt)
  );
}
