import { setImmediate } from 'node:timers/promises';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { objectOf, type WaitingChange } from '../../../model/mirror/events.ts';
import type { MirrorKey } from '../../../model/mirror/ids.ts';
import type { Snapshot } from '../../../model/mirror/snapshot.ts';
import type { Amount } from '../../../model/streams/progress.ts';
import type { ObjectName, ObjectVersion } from '../../../model/platform/object.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import { storageGroup, type ObjectKey } from '../../../model/platform/tree.ts';
import type { Platform } from '../../../platforms/platform.ts';
import type { BranchFacts, ReadBranchOptions, Source } from '../../../platforms/source.ts';
import type { OpenedProject } from '../open-mirror.ts';
import { SerializedObject, unpackObject } from './pack-object.ts';

/** An object in a view. */
export interface ViewedObject {
  outline: unknown;
  version: ObjectVersion;
  digest: string;
  /** The whole object, if it refers to others: see `SnapshotEntry`. */
  packed: Uint8Array | null;
}

/**
 * A mirror's branch as it is now: outlines of all objects, and the whole objects that were read. What was not read
 * comes from the snapshot.
 */
export interface ProjectView {
  platform: Platform;
  facts: BranchFacts;
  storage: ProjectStorage | null;
  /** Whether the storage was read, rather than taken from the snapshot. */
  storageRead: boolean;
  /** In the platform's order. */
  objects: Map<ObjectKey, ViewedObject>;
  /** The groups whose content differs from the snapshot. */
  changed: Set<ObjectKey>;
  /** A whole object, if it was read or kept; otherwise `undefined`. */
  whole: (key: ObjectKey) => unknown;
  /** Whether everything was read. */
  complete: boolean;
}

/** What a view is read from. */
export type ViewSource = Pick<OpenedProject, 'platform' | 'source'>;

/** More objects than this are cheaper to read with the whole branch than one by one, with two calls each. */
const MOST_READ_ALONE = 40;

/**
 * Reads the whole branch: what differs from the snapshot (everything, if there is none) is `changed`.
 * `null` if the branch does not exist in the source. Throws `StreamFailure` with a `source_…` code.
 */
export async function readAll(
  { platform, source }: ViewSource,
  { branchId }: MirrorKey,
  snapshot: Snapshot | null,
  { onProgress, ...options }: ReadBranchOptions & { onProgress?: (amount: Amount) => void },
): Promise<ProjectView | null> {
  const { signal } = options;
  const reading = await source.readBranch(branchId, options);
  if (reading === null) return null;
  const { facts, storage } = reading;
  const objects = new Map<ObjectKey, ViewedObject>();
  const places = new Map<ObjectKey, number>();
  const same =
    snapshot !== null && platform.objects.writesAlike(snapshot.facts.details, facts.details);
  const changed = new Set<ObjectKey>([storageGroup]);
  for (let index = 0; index < reading.objects.length; index++) {
    // Gives heartbeats and other activities a turn.
    if (index % 100 === 99) await setImmediate();
    signal.throwIfAborted();
    onProgress?.({ done: index, total: reading.objects.length });
    const object = reading.objects.at(index);
    const key = platform.objects.keyOf(branchId, platform.objects.versionOf(object));
    // If the source returns two objects with the same name, the first one counts.
    if (objects.has(key)) continue;
    const viewed = view(platform, object);
    objects.set(key, viewed);
    places.set(key, index);
    if (!same || snapshot.objects.get(key)?.digest !== viewed.digest) changed.add(key);
  }
  return {
    platform,
    facts,
    storage,
    storageRead: true,
    objects,
    changed,
    whole: (key) => {
      const place = places.get(key);
      return place === undefined ? undefined : reading.objects.at(place);
    },
    complete: true,
  };
}

/**
 * Reads what these changes name, and keeps the rest of the snapshot. `null` if that is too much, or not
 * enough to know what the changes mean: everything then has to be read.
 */
export async function readNamed(
  { platform, source }: ViewSource,
  key: MirrorKey,
  snapshot: Snapshot,
  changes: readonly WaitingChange[],
  signal: AbortSignal,
): Promise<ProjectView | null> {
  if (changes.some(({ type }) => type === 'branch_changed')) return null;
  const names = namedObjects(platform, key, changes);
  if (names.size > MOST_READ_ALONE) return null;
  const storageRead = changes.some(({ type }) => type === 'storage_changed');
  const storage = storageRead
    ? await source.readStorage(key.branchId, { signal })
    : snapshot.storage;
  // There is no storage if the branch no longer exists.
  if (storageRead && storage === null) return null;
  const view: ProjectView = {
    platform,
    facts: { branch: snapshot.facts.branch, details: snapshot.facts.details },
    storage,
    storageRead,
    objects: new Map(snapshot.objects),
    changed: new Set(storageRead ? [storageGroup] : []),
    // The snapshot has the whole object if it refers to others.
    whole: (of) => {
      const packed = snapshot.objects.get(of)?.packed;
      return packed == null ? undefined : unpackObject(packed);
    },
    complete: false,
  };
  return readMore(source, key, view, [...names.values()], signal);
}

/**
 * Reads more whole objects of a view. `null` if the source has neither one of them nor the branch itself,
 * or if there are too many: everything then has to be read.
 */
export async function readMore(
  source: Source,
  { branchId }: MirrorKey,
  before: ProjectView,
  names: readonly ObjectName[],
  signal: AbortSignal,
): Promise<ProjectView | null> {
  if (names.length > MOST_READ_ALONE) return null;
  if (names.length === 0) return before;
  const { platform } = before;
  const reading = await source.readObjects(branchId, names, before.facts, { signal });
  if (reading === null) return null;
  const objects = new Map(before.objects);
  const changed = new Set(before.changed);
  const whole = new Map<ObjectKey, unknown>();
  for (const name of reading.gone) objects.delete(platform.objects.keyOf(branchId, name));
  for (const object of reading.found) {
    const of = platform.objects.keyOf(branchId, platform.objects.versionOf(object));
    objects.set(of, view(platform, object));
    whole.set(of, object);
    changed.add(of);
  }
  return {
    ...before,
    facts: reading.facts,
    objects,
    changed,
    whole: (of) => whole.get(of) ?? before.whole(of),
  };
}

/** The failure for a branch that does not exist (or no longer exists) in the source. */
export function noSuchBranch({ projectId, branchId }: MirrorKey): StreamFailure {
  return new StreamFailure(
    'source_not_found',
    `Project ${projectId} no longer has a branch ${branchId}. End its mirror, or restore the branch.`,
  );
}

function view({ objects }: Platform, object: unknown): ViewedObject {
  const serialized = new SerializedObject(object);
  return {
    // A string from a parsed document keeps the whole document in memory; a copy does not.
    outline: structuredClone(objects.outlineOf(object)),
    version: structuredClone(objects.versionOf(object)),
    digest: serialized.digest(),
    packed: objects.refersToOthers(object) ? serialized.pack() : null,
  };
}

function namedObjects(
  { objects }: Platform,
  { branchId }: MirrorKey,
  changes: readonly WaitingChange[],
): Map<ObjectKey, ObjectName> {
  const names = new Map<ObjectKey, ObjectName>();
  for (const change of changes) {
    const name = objectOf(change);
    if (change.type === 'config_changed' && name !== null)
      names.set(objects.keyOf(branchId, name), name);
  }
  return names;
}
