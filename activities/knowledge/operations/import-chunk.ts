import type { Trx } from '../../../db/connect.ts';
import {
  noteDone,
  listEntriesOfItems,
  listUndoneItems,
  type OperationItem,
} from '../../../db/knowledge/operation-items.ts';
import { lockOperation } from '../../../db/knowledge/operations.ts';
import { lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { failWithoutSpace } from './ending.ts';
import { importItem, type ImportedItem } from './import-item.ts';
import type { Chunks, OperationRun } from './operation-run.ts';

/** Items per transaction, which takes about 100 ms during which others cannot save. */
const itemsAChunk = 50;

/** Imports the items into the space, some at a time: their saves and outcomes are stored together. */
export async function* importChunks(run: OperationRun): Chunks {
  const { deps, row, progress } = run;
  const itemsOf = await listEntriesOfItems(deps.db, row.id);
  for (;;) {
    const items = await listUndoneItems(deps.db, row.id, itemsAChunk);
    const [first] = items;
    if (first === undefined) return;
    await progress(first.name);
    const imported = await importChunk(run, items, itemsOf);
    if (imported === null) {
      yield 'ended';
      return;
    }
    for (const { entryId, outcome, name } of imported)
      if (entryId !== null && outcome !== 'failed') itemsOf.set(entryId, name);
    if (imported.some(({ ring }) => ring)) await deps.spaces.signal(row.spaceId, 'doorbell');
    yield 'done';
  }
}

/** `null` if the operation has ended, or if this ended it because its space no longer exists. */
async function importChunk(
  { deps, row }: OperationRun,
  items: readonly OperationItem[],
  itemsOf: ReadonlyMap<string, string>,
): Promise<ImportedItem[] | null> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return null;
    // With the lock, heads cannot change between reading them and storing the saves.
    const space = await lockSpace(trx, row.spaceId);
    if (space !== null) return importItems(trx, { row, space, itemsOf: new Map(itemsOf) }, items);
    await failWithoutSpace(trx, row);
    return null;
  });
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
