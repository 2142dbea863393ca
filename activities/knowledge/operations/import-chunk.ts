import { listEntriesOfItems, listUndoneItems } from '../../../db/knowledge/operation-items.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import { failWithoutSpace } from './ending.ts';
import { createFilesAtTip } from './files-at-tip.ts';
import type { Chunks, OperationRun } from './operation-run.ts';
import { prepareItems } from './prepare-items.ts';
import { storeItems } from './store-items.ts';

/** Items per portion, which takes about 100 ms during which others cannot save. */
const portion = { items: 50, bytes: 4 * 1024 * 1024 };

/** Portions without any progress, because others changed what they are about, before Temporal tries again later. */
const mostInVain = 10;

/**
 * Imports the items into the space, some at a time: their saves and outcomes are stored together. What takes long is
 * done before the space is locked.
 */
export async function* importChunks(run: OperationRun): Chunks {
  const { deps, row, progress } = run;
  const { db } = deps;
  const itemsOf = await listEntriesOfItems(db, row.id);
  const filesAtTip = createFilesAtTip(run);
  let inVain = 0;
  for (;;) {
    const items = await listUndoneItems(db, row.id, portion);
    const [first] = items;
    if (first === undefined) return;
    await progress(first.name);
    const space = await findSpace(db, row.spaceId);
    if (space?.endedAt !== null) {
      await db.transaction().execute((trx) => failWithoutSpace(trx, row));
      yield 'ended';
      return;
    }
    const into = { row, space, itemsOf, filesAtTip };
    const stored = await storeItems(run, into, await prepareItems(run, into, items));
    if (stored === null) {
      yield 'ended';
      return;
    }
    for (const { entryId, outcome, name } of stored.done)
      if (entryId !== null && outcome !== 'failed') itemsOf.set(entryId, name);
    inVain = stored.done.length > 0 ? 0 : inVain + 1;
    if (inVain === mostInVain)
      throw new Error(`Space ${space.id} changes faster than items can be imported into it.`);
    if (stored.ring) await deps.spaces.signal(row.spaceId, 'doorbell');
    yield 'done';
  }
}
