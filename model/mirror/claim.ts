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
  const lastRead = lastReadChanges(waiting, read);
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
    if (Date.parse(beganAt) - Date.parse(receivedAt) > STALE_AFTER) return true;
    // A later change of the object has a lower version, which was read: the numbers began anew in between.
    const last = lastRead.get(nameOf(name));
    return (
      last !== undefined && last.sequence > sequence && last.occurredAt > Date.parse(occurredAt)
    );
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

/** Of each object, the newest of the changes whose version was read: its sequence number and, in milliseconds, its time. */
function lastReadChanges(
  waiting: readonly WaitingChange[],
  read: ReadonlyMap<string, Pick<ObjectVersion, 'version'>>,
): Map<string, { sequence: number; occurredAt: number }> {
  const last = new Map<string, { sequence: number; occurredAt: number }>();
  for (const change of waiting) {
    const name = objectOf(change);
    if (change.version === null || name === null) continue;
    const key = nameOf(name);
    const object = read.get(key);
    if (object === undefined || change.version > object.version) continue;
    const occurredAt = Date.parse(change.occurredAt);
    if (occurredAt >= (last.get(key)?.occurredAt ?? 0))
      last.set(key, { sequence: change.sequence, occurredAt });
  }
  return last;
}
