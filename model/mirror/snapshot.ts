import type { ObjectVersion } from '../platform/object.ts';
import type { ProjectStorage } from '../platform/storage.ts';
import type { Findings, ObjectKey } from '../platform/tree.ts';

/**
 * Raised when the shape of what is kept changes, what an outline keeps, or how anything is rendered: what an
 * older version kept is thrown away, and the next window renders all of it anew.
 */
export const snapshotFormat = 2;

/**
 * What was last read of a mirror's branch, and what rendering it came to: the layer between the
 * platform's API and the commits. It can be thrown away: then the next
 * window reads the whole project.
 */
export interface Snapshot {
  facts: SnapshotFacts;
  storage: ProjectStorage | null;
  /** In API order, as far as it is known. */
  objects: Map<ObjectKey, SnapshotEntry>;
}

/** What is known beside objects and storage. */
export interface SnapshotFacts {
  branch: { id: string; name: string; isDefault: boolean };
  /** What else the platform's layout has to know; only it knows what. */
  details: unknown;
  /** What writing the groups found that are no object's. */
  findings: [ObjectKey, Findings][];
  /** The directories of what is no object with a group of its own. */
  paths: [ObjectKey, string][];
}

/** What is known of an object. */
export interface SnapshotEntry {
  /** Its place in API order: new objects of one window are named by it. */
  ordinal: number;
  /** See `outlineOf` in `platforms/platform.ts`: only the platform knows what it is. */
  outline: unknown;
  version: ObjectVersion;
  /** Of the whole object: whether it changed, whatever its version says. */
  digest: string;
  /**
   * The object whole, packed, where it names other objects: when one of them moves it is rendered
   * again, and need not be read for that. `null` for all others.
   */
  packed: Uint8Array | null;
  /** The directories of it and of what belongs to it. */
  paths: [ObjectKey, string][];
  /** What writing its files found; `null`: nothing. */
  findings: Findings | null;
}

/** What becomes of a snapshot. */
export interface SnapshotChange {
  facts: SnapshotFacts;
  /** `undefined`: as it was. */
  storage: ProjectStorage | null | undefined;
  written: ReadonlyMap<ObjectKey, SnapshotEntry>;
  removed: readonly ObjectKey[];
}

/** A snapshot as it is after a change (`null`: none before). */
export function withChange(
  snapshot: Snapshot | null,
  { facts, storage, written, removed }: SnapshotChange,
): Snapshot {
  const objects = new Map(snapshot?.objects);
  for (const key of removed) objects.delete(key);
  // What is new has higher ordinals than what was there: the order stays.
  for (const [key, entry] of written) objects.set(key, entry);
  return {
    facts,
    storage: storage === undefined ? (snapshot?.storage ?? null) : storage,
    objects,
  };
}
