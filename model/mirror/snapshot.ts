import type { Configuration, PlatformBranch, PlatformProject } from '../platform/project.ts';
import type { ProjectStorage } from '../platform/storage.ts';
import type { Findings, ObjectKey } from '../platform/tree.ts';

/**
 * Raised when the shape of what is kept changes, what an outline keeps, or how anything is rendered: what an
 * older version kept is thrown away, and the next window renders all of it anew.
 */
export const snapshotFormat = 1;

/**
 * What was last read of a mirror's branch, and what rendering it came to: the layer between the
 * platform's API and the commits. It can be thrown away: then the next
 * window reads the whole project.
 */
export interface Snapshot {
  facts: SnapshotFacts;
  storage: ProjectStorage | null;
  /** In API order, as far as it is known. */
  configurations: Map<ObjectKey, SnapshotEntry>;
}

/** What is known beside configurations and storage. */
export interface SnapshotFacts {
  project: Omit<PlatformProject, 'branches'>;
  branch: Omit<PlatformBranch, 'configurations' | 'storage'>;
  /** What writing the groups found that are no configuration's. */
  findings: [ObjectKey, Findings][];
  /** The directories of objects that are no configurations or rows. */
  paths: [ObjectKey, string][];
}

/** What is known of a configuration. */
export interface SnapshotEntry {
  /** Its place in API order: new objects of one window are named by it. */
  ordinal: number;
  /** See `platforms/keboola/layout/outline.ts`. */
  outline: Configuration;
  /** Of the whole configuration: whether it changed, whatever its version says. */
  digest: string;
  /**
   * The configuration whole, packed, where it names other objects: when one of them moves it is rendered
   * again, and need not be read for that. `null` for all others.
   */
  packed: Uint8Array | null;
  /** The directories of it and its rows. */
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
  const configurations = new Map(snapshot?.configurations);
  for (const key of removed) configurations.delete(key);
  // What is new has higher ordinals than what was there: the order stays.
  for (const [key, entry] of written) configurations.set(key, entry);
  return {
    facts,
    storage: storage === undefined ? (snapshot?.storage ?? null) : storage,
    configurations,
  };
}
