import { deserialize, serialize } from 'node:v8';
import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import {
  snapshotFormat,
  type Snapshot,
  type SnapshotChange,
  type SnapshotEntry,
  type SnapshotFacts,
} from '../../model/mirror/snapshot.ts';
import type { ProjectStorage } from '../../model/platform/storage.ts';
import type { ObjectKey } from '../../model/platform/tree.ts';
import type { Sealer } from '../sealing.ts';

// While a statement is being sent it is in memory several times, so a few MB are enough.
const ENTRIES_A_STATEMENT = 500;

/**
 * Finds the stream's snapshot; `null` if there is none, or this version cannot read it. Throws
 * `SealError` if it was sealed under another master key.
 */
export async function findSnapshot(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
): Promise<Snapshot | null> {
  const row = await db
    .selectFrom('snapshots')
    .select(['facts', 'storage'])
    .where('stream', '=', stream)
    .executeTakeFirst();
  if (row === undefined) return null;
  const rows = await db
    .selectFrom('snapshotConfigurations')
    .select(['key', 'entry'])
    .where('stream', '=', stream)
    .execute();
  const facts = open<SnapshotFacts>(sealer, row.facts, snapshotContext(stream, 'facts'));
  const storage = open<ProjectStorage | null>(
    sealer,
    row.storage,
    snapshotContext(stream, 'storage'),
  );
  const entries = rows.map(
    ({ key, entry }) =>
      [key, open<SnapshotEntry>(sealer, entry, snapshotContext(stream, key))] as const,
  );
  const objects = new Map<ObjectKey, SnapshotEntry>();
  for (const [key, entry] of entries) {
    if (entry === undefined) return null;
    objects.set(key, entry);
  }
  if (facts === undefined || storage === undefined) return null;
  const inOrder = [...objects].sort(([, a], [, b]) => a.ordinal - b.ordinal);
  return { facts, storage, objects: new Map(inOrder) };
}

/** Whether the stream has a snapshot; it has one unless someone deleted it. */
export async function hasSnapshot(db: Db, stream: StreamId): Promise<boolean> {
  const row = await db
    .selectFrom('snapshots')
    .select('stream')
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Updates a stream's snapshot with what was read; with `anew`, nothing of the old one stays. A
 * snapshot that was deleted in the meantime stays deleted, because a part of it would look like the
 * whole.
 */
export async function updateSnapshot(
  trx: Trx,
  sealer: Sealer,
  stream: StreamId,
  { facts, storage, written, removed }: SnapshotChange,
  { anew = false } = {},
): Promise<void> {
  const sealed = {
    facts: seal(sealer, facts, snapshotContext(stream, 'facts')),
    ...(storage === undefined
      ? {}
      : { storage: seal(sealer, storage, snapshotContext(stream, 'storage')) }),
  };
  if (anew)
    await trx
      .insertInto('snapshots')
      .values({
        stream,
        storage: seal(sealer, null, snapshotContext(stream, 'storage')),
        ...sealed,
      })
      .onConflict((conflict) => conflict.column('stream').doUpdateSet(sealed))
      .execute();
  else {
    const { numUpdatedRows } = await trx
      .updateTable('snapshots')
      .set(sealed)
      .where('stream', '=', stream)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
  }
  await trx
    .deleteFrom('snapshotConfigurations')
    .where('stream', '=', stream)
    .$if(!anew, (query) => query.where(sql<boolean>`key = ANY (${removed}::text[])`))
    .execute();
  const rows = [...written].map(([key, entry]) => ({ stream, key, entry }));
  for (let start = 0; start < rows.length; start += ENTRIES_A_STATEMENT) {
    await trx
      .insertInto('snapshotConfigurations')
      .values(
        rows.slice(start, start + ENTRIES_A_STATEMENT).map(({ key, entry }) => ({
          stream,
          key,
          entry: seal(sealer, entry, snapshotContext(stream, key)),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['stream', 'key'])
          .doUpdateSet((eb) => ({ entry: eb.ref('excluded.entry') })),
      )
      .execute();
  }
}

/** What a sealed part of a stream's snapshot belongs to: `facts`, `storage`, or an object by its key. */
export function snapshotContext(stream: StreamId, part: string): string {
  return `snapshots/${stream}/${part}`;
}

/**
 * Unlike JSON, this keeps maps (ordered JSON), and no key of a document can be mistaken for
 * something else.
 */
function seal(sealer: Sealer, value: unknown, context: string): Buffer {
  return sealer.seal(serialize([snapshotFormat, value]), context);
}

/** `undefined` if another version wrote it. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what we sealed ourselves has the type that it had
function open<T>(sealer: Sealer, sealed: Uint8Array, context: string): T | undefined {
  const bytes = sealer.open(sealed, context);
  try {
    const [format, value] = deserialize(bytes) as [unknown, T];
    return format === snapshotFormat ? value : undefined;
  } catch {
    // An earlier version of Node cannot read what a later one wrote; the project is then read
    // again.
    return undefined;
  }
}

/**
 * Deletes the snapshots of a project's mirrors, so that their next windows read the whole project.
 */
export async function forgetSnapshots(db: Db, projectId: string): Promise<void> {
  // Work that is based on the deleted snapshots starts over.
  const mirrors = await db
    .updateTable('mirrors')
    .set((eb) => ({ generation: eb('generation', '+', 1) }))
    .where('projectId', '=', projectId)
    .returning(['projectId', 'branchId'])
    .execute();
  for (const { projectId, branchId } of mirrors) {
    const stream = mirrorStream({ projectId, branchId });
    await db.deleteFrom('snapshots').where('stream', '=', stream).execute();
    await db.deleteFrom('snapshotConfigurations').where('stream', '=', stream).execute();
  }
}
