import type { WaitingChange } from './events.ts';
import type { Configuration } from '../platform/project.ts';

/** What a reading of the source covers. */
export interface Reading {
  branch: { configurations: Pick<Configuration, 'componentId' | 'id' | 'version' | 'changedAt'>[] };
  /** The number of the last change that was accepted before the reading began. */
  seenThrough: number;
  /** When the reading began, ISO 8601 in UTC. */
  beganAt: string;
}

/**
 * A change older than this is covered by any reading: a platform that still shows an older version
 * after ten minutes has set the configuration back, or counts anew.
 */
const STALE_AFTER = 10 * 60_000;

/**
 * Divides waiting changes into those whose result the reading holds and those that wait for another.
 * A change whose version is at most the version read is held, also if it came while reading; one
 * whose version is newer is not, wherever it came from. What was told before the reading began and has no
 * version to compare (a job, a table, a configuration that is gone) is held.
 */
export function claimChanges<T extends WaitingChange>(
  waiting: readonly T[],
  { branch, seenThrough, beganAt }: Reading,
): { taken: T[]; left: T[] } {
  const read = new Map(
    branch.configurations.map((config) => [`${config.componentId}/${config.id}`, config]),
  );
  const taken: T[] = [];
  const left: T[] = [];
  for (const change of waiting) {
    (isHeld(change) ? taken : left).push(change);
  }
  return { taken, left };

  function isHeld(change: T): boolean {
    const seen = change.sequence <= seenThrough;
    if (change.version === null || change.componentId === null || change.configId === null)
      return seen;
    const config = read.get(`${change.componentId}/${change.configId}`);
    if (config === undefined) return seen;
    if (change.version <= config.version) return true;
    // Purged and made again: the old one's versions are higher, but it is gone.
    if (
      seen &&
      config.changedAt !== null &&
      Date.parse(change.occurredAt) <= Date.parse(config.changedAt)
    )
      return true;
    return seen && Date.parse(beganAt) - Date.parse(change.receivedAt) > STALE_AFTER;
  }
}
