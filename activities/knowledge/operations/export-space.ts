import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  countWaitingSavesOf,
  noteConflicts,
  noteDone,
  readUndoneItems,
  type OperationItem,
} from '../../../db/knowledge/operation-items.ts';
import type { Trx } from '../../../db/connect.ts';
import { lockOperation, type Operation } from '../../../db/knowledge/operations.ts';
import { countWaitingSaves } from '../../../db/knowledge/count-waiting-saves.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import type { OperationRun } from './run-operation.ts';
import { awaitSpace, ended } from './await-space.ts';
import type { Ending } from './ending.ts';
import { exportEntry } from './export-entry.ts';

/** Entries of one transaction, which keeps others from saving meanwhile. */
const entriesAChunk = 200;
/** Milliseconds until a space that is being read is looked at again. */
const betweenLooks = 200;

/** Lists what is to be in Git, and has the index files looked at again. */
export async function beginExport(trx: Trx, { id, spaceId, dryRun }: Operation): Promise<void> {
  await sql`
    INSERT INTO operation_items (operation_id, ordinal, name, entry_id)
    SELECT ${id}::uuid, row_number() OVER (ORDER BY path), path, id
    FROM entries WHERE space_id = ${spaceId}`.execute(trx);
  await sql`
    UPDATE operations SET total = (SELECT count(*) FROM operation_items WHERE operation_id = ${id})
    WHERE id = ${id}`.execute(trx);
  if (dryRun) return;
  await trx
    .updateTable('spaces')
    .set({ indexedSha: null })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/**
 * Sees to it that Git has everything that the database has: what waits is sent, index files are made right, and entries
 * that the branch lacks are saved again.
 */
export async function exportSpace(run: OperationRun): Promise<Ending | null> {
  const { deps, row, execution, progress } = run;
  const { id, spaceId } = row;
  if (!row.dryRun) {
    await progress('Sending what waits');
    const late = await awaitSpace(deps, spaceId, (space) => isSettled(run, space), execution);
    if (late !== null) return { state: 'failed', failure: late };
  }
  const ending = await goThrough(run);
  if (ending !== 'through') return ending;
  if ((await countWaitingSavesOf(deps.db, id)) > 0) {
    await progress('Waiting until it is on the remote');
    const late = await awaitSpace(
      deps,
      spaceId,
      async () => (await countWaitingSavesOf(deps.db, id)) === 0,
      execution,
    );
    if (late !== null) return { state: 'failed', failure: late };
  }
  await deps.db.transaction().execute((trx) => noteConflicts(trx, id));
  return { state: 'done', failure: null };
}

/** Whether the branch was looked at since the operation was asked for, and has all that waited then. */
async function isSettled({ deps: { db }, row }: OperationRun, space: Space): Promise<boolean> {
  if (space.syncedAt === null || space.syncedAt <= row.createdAt) return false;
  if (space.rules.index && space.indexedSha === null && space.syncedSha !== null) return false;
  return (await countWaitingSaves(db, space.id)).waitingSaves === 0;
}

/** Compares entry by entry with the commit that the database says it agrees with. */
async function goThrough(run: OperationRun): Promise<Ending | null | 'through'> {
  const { deps, row, execution, progress } = run;
  let tree: Tree | undefined;
  for (;;) {
    const items = await readUndoneItems(deps.db, row.id, entriesAChunk);
    const [first] = items;
    if (first === undefined) return 'through';
    await progress(first.name);
    const space = await findSpace(deps.db, row.spaceId);
    if (space === null) return { state: 'failed', failure: ended(row.spaceId) };
    if (tree?.sha !== space.syncedSha) tree = await readTree(run, space);
    const done = await exportChunk(run, items, tree);
    if (done === 'ended') return null;
    if (done === 'no_space') return { state: 'failed', failure: ended(row.spaceId) };
    if (done === 'moved') await sleep(betweenLooks);
    if (done === 'rung') await deps.spaces.signal(row.spaceId, 'doorbell');
    execution.signal.throwIfAborted();
  }
}

/** The files of a commit: path → blob id. */
interface Tree {
  /** `null`: the branch does not exist. */
  sha: string | null;
  files: ReadonlyMap<string, string>;
}

async function readTree({ deps, execution }: OperationRun, space: Space): Promise<Tree> {
  const { syncedSha: sha, root } = space;
  if (sha === null) return { sha, files: new Map() };
  const { signal, step } = execution;
  const files = await deps.clones.withClone(
    await openRemote(deps, space),
    { commit: sha },
    (clone) => clone.changes(null, sha, root),
    { signal, onProgress: step },
  );
  return { sha, files: new Map(files.map(({ path, blobId }) => [path, blobId ?? ''])) };
}

/** `moved`: the branch was read again meanwhile, and is compared anew. */
async function exportChunk(
  { deps, row }: OperationRun,
  items: readonly OperationItem[],
  tree: Tree,
): Promise<'ended' | 'no_space' | 'moved' | 'rung' | 'done'> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return 'ended';
    const space = await lockSpace(trx, row.spaceId);
    if (space === null) return 'no_space';
    if (space.syncedSha !== tree.sha || space.partlyRead) return 'moved';
    const done = [];
    for (const item of items) done.push(await exportEntry(trx, row, item, tree.files));
    await noteDone(trx, row.id, done);
    return done.some(({ ring }) => ring) ? 'rung' : 'done';
  });
}
