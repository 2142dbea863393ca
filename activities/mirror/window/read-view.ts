import { setImmediate } from 'node:timers/promises';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { WaitingChange } from '../../../model/mirror/events.ts';
import type { MirrorKey } from '../../../model/mirror/ids.ts';
import { configKey } from '../../../model/platform/object-key.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { Snapshot, SnapshotFacts } from '../../../model/mirror/snapshot.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import { storageGroup, type ObjectKey } from '../../../model/platform/tree.ts';
import { outlineOf, refersToOthers } from '../../../platforms/keboola/layout/outline.ts';
import type { ConfigurationName, Source } from '../../../platforms/source.ts';
import { SerializedConfiguration, unpackConfiguration } from './pack-configuration.ts';

/** A configuration as a view has it. */
export interface ViewedConfiguration {
  outline: Configuration;
  digest: string;
  /** The configuration whole, where it names others: see `SnapshotEntry`. */
  packed: Uint8Array | null;
}

/**
 * A mirror's branch as it is now: outlines of all configurations, and those whole that were read. What
 * was not read is as the snapshot has it.
 */
export interface ProjectView {
  facts: Pick<SnapshotFacts, 'project' | 'branch'>;
  storage: ProjectStorage | null;
  /** Whether the storage was read, and is not the snapshot's. */
  storageRead: boolean;
  /** In API order. */
  configurations: Map<ObjectKey, ViewedConfiguration>;
  /** The groups whose content is not that of the snapshot. */
  changed: Set<ObjectKey>;
  /** A configuration whole, where it was read or kept. */
  whole: (key: ObjectKey) => Configuration | undefined;
  /** Whether everything was read. */
  complete: boolean;
}

/** More than these are cheaper read all at once than one by one, two calls each. */
const MOST_READ_ALONE = 40;

/**
 * Reads the whole branch: what differs from the snapshot (everything, without one) is `changed`.
 * `null` where the source has no such branch. Throws `StreamFailure` with a `source_…` code.
 */
export async function readAll(
  source: Source,
  { branchId }: MirrorKey,
  snapshot: Snapshot | null,
  signal: AbortSignal,
): Promise<ProjectView | null> {
  const reading = await source.readBranch(branchId, { signal });
  if (reading === null) return null;
  const {
    project,
    branch: { storage, ...branch },
  } = reading;
  const configurations = new Map<ObjectKey, ViewedConfiguration>();
  const places = new Map<ObjectKey, number>();
  // A component's type or flags decide how its configurations are written.
  const same = snapshot !== null && sameComponents(snapshot.facts, { project });
  const changed = new Set<ObjectKey>([storageGroup]);
  for (let index = 0; index < reading.configurations.length; index++) {
    // Heartbeats and other activities have their turn.
    if (index % 100 === 99) await setImmediate();
    signal.throwIfAborted();
    const config = reading.configurations.at(index);
    const key = configKey(branchId, config.componentId, config.id);
    // Of two that the source gives under one id, the first counts.
    if (configurations.has(key)) continue;
    const viewed = view(config);
    configurations.set(key, viewed);
    places.set(key, index);
    if (!same || snapshot.configurations.get(key)?.digest !== viewed.digest) changed.add(key);
  }
  return {
    facts: { project, branch },
    storage,
    storageRead: true,
    configurations,
    changed,
    whole: (key) => {
      const place = places.get(key);
      return place === undefined ? undefined : reading.configurations.at(place);
    },
    complete: true,
  };
}

/**
 * Reads what these changes name, and keeps the rest of the snapshot. `null` where that is too much, or
 * not enough to know what they mean: then everything has to be read.
 */
export async function readNamed(
  source: Source,
  key: MirrorKey,
  snapshot: Snapshot,
  changes: readonly WaitingChange[],
  signal: AbortSignal,
): Promise<ProjectView | null> {
  if (changes.some(({ type }) => type === 'branch_changed')) return null;
  const names = namedConfigurations(key, changes);
  if (names.size > MOST_READ_ALONE) return null;
  const storageRead = changes.some(({ type }) => type === 'storage_changed');
  const storage = storageRead
    ? await source.readStorage(key.branchId, { signal })
    : snapshot.storage;
  // A branch that is gone has no storage either.
  if (storageRead && storage === null) return null;
  const view: ProjectView = {
    facts: { project: snapshot.facts.project, branch: snapshot.facts.branch },
    storage,
    storageRead,
    configurations: new Map(snapshot.configurations),
    changed: new Set(storageRead ? [storageGroup] : []),
    // Of what names others the snapshot has it all.
    whole: (of) => {
      const packed = snapshot.configurations.get(of)?.packed;
      return packed == null ? undefined : unpackConfiguration(packed);
    },
    complete: false,
  };
  return readMore(source, key, view, [...names.values()], signal);
}

/**
 * Reads further configurations of a view, whole. `null` where the source lacks one and the whole branch as
 * well, or where they are too many: then everything has to be read.
 */
export async function readMore(
  source: Source,
  key: MirrorKey,
  before: ProjectView,
  names: readonly ConfigurationName[],
  signal: AbortSignal,
): Promise<ProjectView | null> {
  if (names.length > MOST_READ_ALONE) return null;
  if (names.length === 0) return before;
  const reading = await source.readConfigurations(key.branchId, names, { signal });
  if (reading === null) return null;
  const { found, gone } = reading;
  const configurations = new Map(before.configurations);
  const changed = new Set(before.changed);
  const whole = new Map<ObjectKey, Configuration>();
  for (const { componentId, configId } of gone)
    configurations.delete(configKey(key.branchId, componentId, configId));
  for (const config of found) {
    const of = configKey(key.branchId, config.componentId, config.id);
    configurations.set(of, view(config));
    whole.set(of, config);
    changed.add(of);
  }
  return {
    ...before,
    facts: await withComponents(source, before.facts, found, signal),
    configurations,
    changed,
    whole: (of) => whole.get(of) ?? before.whole(of),
  };
}

/** The refusal of a branch that the source does not have (any more). */
export function noSuchBranch({ projectId, branchId }: MirrorKey): StreamFailure {
  return new StreamFailure(
    'source_not_found',
    `Project ${projectId} has no branch ${branchId} any more. End its mirror, or restore the branch.`,
  );
}

function view(config: Configuration): ViewedConfiguration {
  const serialized = new SerializedConfiguration(config);
  return {
    // A string of what was parsed keeps all of its text in memory; a copy does not.
    outline: structuredClone(outlineOf(config)),
    digest: serialized.digest(),
    packed: refersToOthers(config) ? serialized.pack() : null,
  };
}

function namedConfigurations(
  { branchId }: MirrorKey,
  changes: readonly WaitingChange[],
): Map<ObjectKey, ConfigurationName> {
  const names = new Map<ObjectKey, ConfigurationName>();
  for (const { type, componentId, configId } of changes) {
    if (type !== 'config_changed' || componentId === null || configId === null) continue;
    names.set(configKey(branchId, componentId, configId), { componentId, configId });
  }
  return names;
}

/** The components again where one of these configurations is of one that is not known. */
async function withComponents(
  source: Source,
  facts: ProjectView['facts'],
  found: readonly Configuration[],
  signal: AbortSignal,
): Promise<ProjectView['facts']> {
  const known = new Set(facts.project.components.map(({ id }) => id));
  if (found.every(({ componentId }) => known.has(componentId))) return facts;
  const listed = await source.readComponents({ signal });
  const listedIds = new Set(listed.map(({ id }) => id));
  // A component that is not listed any more is known by its configurations.
  const kept = facts.project.components.filter(({ id }) => !listedIds.has(id));
  return { ...facts, project: { ...facts.project, components: [...listed, ...kept] } };
}

/** Whether components decide in the same way how configurations are written; their names do not. */
function sameComponents(
  a: Pick<SnapshotFacts, 'project'>,
  b: Pick<SnapshotFacts, 'project'>,
): boolean {
  const rules = ({ project }: Pick<SnapshotFacts, 'project'>) =>
    project.components
      .map(({ id, type, flags, defaultBucketStage }) =>
        JSON.stringify([id, type, flags, defaultBucketStage]),
      )
      .sort()
      .join();
  return rules(a) === rules(b);
}
