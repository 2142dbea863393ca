import type { ObjectVersion } from '../platform/object.ts';
import type { ProjectStorage } from '../platform/storage.ts';
import type { Findings, ObjectKey } from '../platform/tree.ts';

/**
 * Raise this when the shape of a snapshot, the content of an outline, or the rendering of anything changes:
 * snapshots of an older format are discarded, and the next window renders everything again.
 */
export const snapshotFormat = 6;

/**
 * What was last read of a mirror's branch, and what rendering it resulted in: the layer between the
 * platform's API and the commits. It can be deleted at any time; the next window then reads the whole branch.
 */
export interface Snapshot {
  facts: SnapshotFacts;
  storage: ProjectStorage | null;
  /** In API order, as far as we know it. */
  objects: Map<ObjectKey, SnapshotEntry>;
}

/** What is known apart from objects and storage. */
export interface SnapshotFacts {
  branch: { id: string; name: string; isDefault: boolean };
  /** What else the platform's layout needs; only the platform knows what that is. */
  details: unknown;
  /** What writing found in groups that do not belong to an object. */
  findings: [ObjectKey, Findings][];
  /** The directories of everything that is not an object with its own group. */
  paths: [ObjectKey, string][];
}

/** What is known about an object. */
export interface SnapshotEntry {
  /** Its place in API order, which is the order in which a window's new objects get their names. */
  ordinal: number;
  /** See `outlineOf` in `platforms/platform.ts`: only the platform knows what it is. */
  outline: unknown;
  version: ObjectVersion;
  /** A digest of the whole object: shows whether it changed, no matter what its version says. */
  digest: string;
  /**
   * The whole object, packed, if it refers to other objects: when one of those moves, it can be rendered
   * again without reading it again. `null` for all others.
   */
  packed: Uint8Array | null;
  /** Its directories, and those of what belongs to it. */
  paths: [ObjectKey, string][];
  /** What writing its files found; `null` if nothing. */
  findings: Findings | null;
}

/** A change of a snapshot. */
export interface SnapshotChange {
  facts: SnapshotFacts;
  /** `undefined` if it stays as it was. */
  storage: ProjectStorage | null | undefined;
  written: ReadonlyMap<ObjectKey, SnapshotEntry>;
  removed: readonly ObjectKey[];
}

/** The snapshot after a change; `snapshot` is `null` if there was none before. */
export function withChange(
  snapshot: Snapshot | null,
  { facts, storage, written, removed }: SnapshotChange,
): Snapshot {
  const objects = new Map(snapshot?.objects);
  for (const key of removed) objects.delete(key);
  // New objects have higher ordinals than those already there, so the map stays in order.
  for (const [key, entry] of written) objects.set(key, entry);
  return {
    facts,
    storage: storage === undefined ? (snapshot?.storage ?? null) : storage,
    objects,
  };
}
