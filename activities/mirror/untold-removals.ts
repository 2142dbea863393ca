import { createHash } from 'node:crypto';
import { openChangeBodies } from '../../db/mirror/change-bodies.ts';
import { mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { listRenderedFiles, type RenderedEntry } from '../../db/mirror/rendered-files.ts';
import type { Held } from '../../git/types.ts';
import { objectOf, type WaitingChange } from '../../model/mirror/events.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { lastId } from '../../model/platform/object-key.ts';
import type { ObjectKey } from '../../model/platform/tree.ts';
import {
  isTooMuch,
  isWholeKind,
  mostUntold,
  removalOf,
  type Removal,
} from '../../model/streams/removal.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { holdRemoval } from '../streams/hold-removal.ts';
import type { ReadProject } from './window/read-window.ts';

/** A reading, and what would be removed because of it. */
export interface RemovalFacts {
  row: Mirror;
  read: ReadProject;
  /** The files that would go. */
  removed: readonly RenderedEntry[];
  /** Whether an object has no file any more. */
  isGone: (owner: ObjectKey) => boolean;
  /** The rendered state, if it is at hand. */
  before?: ReadonlyMap<string, RenderedEntry>;
}

/**
 * Holds the mirror if a reading would remove too much of what nobody reported as deleted (anything, if the source is known
 * to see less): a listing that was cut short, or a token that lost rights, looks just like that. Otherwise, or if a person has allowed this removal, `null`.
 */
export async function holdUntold(
  deps: Pick<ActivityDependencies, 'db' | 'sealer'>,
  facts: RemovalFacts,
): Promise<Held | null> {
  const less = lessSeen(facts);
  const removal = await findUntold(deps, facts, less === null ? mostUntold : 0);
  if (removal === null) return null;
  const why =
    less ??
    'The platform no longer lists what they belong to, but nobody reported that it was deleted: ' +
      "perhaps its answer was cut short, or the project's token lost rights.";
  return holdRemoval(deps.db, mirrorStream(mirrorKey(facts.row)), removal, why);
}

async function findUntold(
  deps: Pick<ActivityDependencies, 'db' | 'sealer'>,
  facts: RemovalFacts,
  most: number,
): Promise<Removal | null> {
  if (facts.removed.length <= most) return null;
  const isUntold = untoldBy(facts, await deletedInStorage(deps, facts));
  const files = facts.removed.filter(({ owner }) => isUntold(owner));
  if (files.length <= most) return null;
  const { row } = facts;
  const before = facts.before ?? (await listRenderedFiles(deps.db, mirrorStream(mirrorKey(row))));
  const total = [...before.values()].filter(({ owner }) => isOfSource(facts, owner)).length;
  if (most > 0 && !isTooMuch(files.length, total) && !emptiesKind(facts, files)) return null;
  const owners = [...new Set(files.map(({ owner }) => owner))].sort();
  const digest = createHash('sha256').update(owners.join('\n')).digest('hex');
  return removalOf(
    files.map(({ path }) => path),
    { digest, total },
  );
}

/** Why the source sees less than when it was last read; `null` if it does not. */
function lessSeen({ read: { platform, snapshot, view } }: RemovalFacts): string | null {
  if (snapshot === null) return null;
  return platform.objects.seesLess(snapshot.facts.details, view.facts.details);
}

/** Whether an object is one that the source lists, and not something that is made from others. */
function isOfSource({ read: { platform } }: RemovalFacts, owner: ObjectKey): boolean {
  return platform.objects.objectOf(owner) !== null || isOfStorage(platform, owner);
}

function isOfStorage({ layout }: ReadProject['platform'], owner: ObjectKey): boolean {
  return layout.storageKinds.includes(owner.slice(0, owner.indexOf('/')));
}

/** Whether an object is gone without anybody having said so. */
function untoldBy(
  { row, isGone, read: { platform, view, snapshot, changes } }: RemovalFacts,
  deleted: (owner: ObjectKey) => boolean,
): (owner: ObjectKey) => boolean {
  const { objects } = platform;
  const told = new Set(
    changes.flatMap((change) => {
      const name = change.type === 'config_changed' ? objectOf(change) : null;
      return name === null ? [] : [objects.keyOf(row.branchId, name)];
    }),
  );
  return (owner) => {
    if (!isGone(owner)) return false;
    const object = objects.objectOf(owner);
    if (object === null) return isOfStorage(platform, owner) && !deleted(owner);
    if (told.has(object)) return false;
    const now = view.objects.get(object);
    if (now === undefined) return true;
    // A part of it is gone, but it has no new version.
    return now.version.version === snapshot?.objects.get(object)?.version.version;
  };
}

/** Whether events say of a bucket or a table that it, or its bucket, was deleted. */
async function deletedInStorage(
  { db, sealer }: Pick<ActivityDependencies, 'db' | 'sealer'>,
  { row, read: { changes } }: RemovalFacts,
): Promise<(owner: ObjectKey) => boolean> {
  const sequences = changes.filter(isOfStorageEvent).map(({ sequence }) => sequence);
  const bodies = await openChangeBodies(db, sealer, mirrorKey(row), sequences);
  const ids = new Set(bodies.flatMap(deletedBy));
  return (owner) => {
    const id = lastId(owner);
    // `in.c-bucket.table`: the id of a table begins with that of its bucket.
    return ids.has(id) || ids.has(id.slice(0, id.lastIndexOf('.')));
  };
}

function isOfStorageEvent({ type }: WaitingChange): boolean {
  return type === 'storage_changed';
}

/** The bucket or table that an accepted `storage_changed` event says was deleted. */
function deletedBy(body: Buffer): string[] {
  const { kind, tableId, bucketId } = JSON.parse(body.toString('utf8')) as {
    kind: string;
    tableId?: string | null;
    bucketId?: string | null;
  };
  if (kind !== 'deleted') return [];
  const id = tableId ?? bucketId;
  return id == null ? [] : [id];
}

/** Whether a kind of objects, of which there were some, has none any more. */
function emptiesKind(
  { read: { platform, view } }: RemovalFacts,
  files: readonly RenderedEntry[],
): boolean {
  const { objects } = platform;
  const left = new Set([...view.objects.values()].map(({ version }) => version.kind));
  const kinds = new Map<string, { objects: Set<ObjectKey>; files: number }>();
  for (const { owner } of files) {
    const object = objects.objectOf(owner);
    if (object === null) continue;
    const { kind } = objects.nameOf(object);
    if (left.has(kind)) continue;
    const found = kinds.get(kind) ?? { objects: new Set(), files: 0 };
    kinds.set(kind, { objects: found.objects.add(object), files: found.files + 1 });
  }
  return [...kinds.values()].some((kind) => isWholeKind(kind.objects.size, kind.files));
}
