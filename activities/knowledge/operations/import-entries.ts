import type { Trx } from '../../../db/connect.ts';
import {
  countWaitingSavesOf,
  noteConflicts,
  noteDone,
  readEntriesOfItems,
  readUndoneItems,
  type OperationItem,
} from '../../../db/knowledge/operation-items.ts';
import { lockOperation } from '../../../db/knowledge/operations.ts';
import { lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import type { OperationRun } from './run-operation.ts';
import { awaitSpace, ended } from './await-space.ts';
import type { Ending } from './ending.ts';
import { importItem, type ImportedItem } from './import-item.ts';

/** Items of one transaction, which keeps others from saving meanwhile: some 100 ms. */
const itemsAChunk = 50;

/**
 * Brings the items into the space, some at a time: their saves and what became of them are stored together, so it
 * goes on where it was. Done when its saves are on the remote, or clashed with what is there.
 */
export async function importEntries(run: OperationRun): Promise<Ending | null> {
  const { deps, row, execution, progress } = run;
  const { id, spaceId } = row;
  const itemsOf = await readEntriesOfItems(deps.db, id);
  for (;;) {
    const items = await readUndoneItems(deps.db, id, itemsAChunk);
    const [first] = items;
    if (first === undefined) break;
    await progress(first.name);
    const chunk = await importChunk(run, items, itemsOf);
    if (chunk === 'ended') return null;
    if (chunk === 'no_space') return { state: 'failed', failure: ended(spaceId) };
    if (chunk.some(({ ring }) => ring)) await deps.spaces.signal(spaceId, 'doorbell');
    execution.signal.throwIfAborted();
  }
  if (row.dryRun || (await countWaitingSavesOf(deps.db, id)) === 0) return finished(run, null);
  await progress('Waiting until it is on the remote');
  return finished(
    run,
    await awaitSpace(
      deps,
      spaceId,
      async () => (await countWaitingSavesOf(deps.db, id)) === 0,
      execution,
    ),
  );
}

async function finished(
  { deps: { db }, row: { id } }: OperationRun,
  late: { code: string; message: string } | null,
): Promise<Ending> {
  await db.transaction().execute((trx) => noteConflicts(trx, id));
  if (late === null) return { state: 'done', failure: null };
  const waiting = await countWaitingSavesOf(db, id);
  const message = `All is stored, and ${waiting} of it waits to be sent: ${late.message}`;
  return { state: 'done', failure: { code: late.code, message } };
}

async function importChunk(
  { deps, row }: OperationRun,
  items: readonly OperationItem[],
  itemsOf: Map<string, string>,
): Promise<ImportedItem[] | 'ended' | 'no_space'> {
  const done = await deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return 'ended';
    // Heads stay as they are read until the saves are stored.
    const space = await lockSpace(trx, row.spaceId);
    if (space === null) return 'no_space';
    return importItems(trx, { row, space, itemsOf: new Map(itemsOf) }, items);
  });
  if (typeof done !== 'string')
    for (const { entryId, outcome, name } of done)
      if (entryId !== null && outcome !== 'failed') itemsOf.set(entryId, name);
  return done;
}

async function importItems(
  trx: Trx,
  into: { row: OperationRun['row']; space: Space; itemsOf: Map<string, string> },
  items: readonly OperationItem[],
): Promise<ImportedItem[]> {
  const done: ImportedItem[] = [];
  for (const item of items) {
    const imported = await importItem(trx, into, item);
    if (imported.entryId !== null && imported.outcome !== 'failed')
      into.itemsOf.set(imported.entryId, item.name);
    done.push(imported);
  }
  await noteDone(trx, into.row.id, done);
  return done;
}
