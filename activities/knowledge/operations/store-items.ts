import { isDeepStrictEqual } from 'node:util';
import type { Trx } from '../../../db/connect.ts';
import { noteDone, type DoneItem } from '../../../db/knowledge/operation-items.ts';
import { lockOperation, type Operation } from '../../../db/knowledge/operations.ts';
import { acceptSave, type AcceptedSave } from '../../../db/knowledge/saves.ts';
import { lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { isValueRefused, unlessRefused } from '../../../db/refused-value.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { pathKey } from '../../../model/text/path-key.ts';
import { failWithoutSpace } from './ending.ts';
import { doneItem, failedItem } from './item-steps.ts';
import type { OperationRun } from './operation-run.ts';
import { takenPath, type PreparedItem } from './prepare-items.ts';
import type { ImportTarget, WantedSave } from './read-item.ts';

/** Milliseconds after which no further item is stored under the same lock, because others are waiting to save. */
const turn = 500;

/** What became of a portion. Items that are not in it are still to be done. */
export interface StoredItems {
  done: (DoneItem & { name: string })[];
  /** Whether to ring the space's doorbell. */
  ring: boolean;
}

/**
 * Stores prepared items together with their outcomes, in one transaction that locks the space for less than a second.
 * What there is no time for, and items whose entry or path has changed since they were prepared, are left for the next
 * portion. `null` if the operation has ended, or if this ended it because its space no longer exists.
 */
export async function storeItems(
  run: OperationRun,
  into: ImportTarget,
  items: readonly PreparedItem[],
): Promise<StoredItems | null> {
  try {
    return await storePortion(run, into, items, (_trx, work) => work().then(stored));
  } catch (error) {
    if (!isValueRefused(error)) throw error;
    // A savepoint for each item finds the one, but takes longer.
    return storePortion(run, into, items, unlessRefused);
  }
}

function stored<T>(result: T) {
  return { kind: 'stored' as const, result };
}

async function storePortion(
  { deps }: OperationRun,
  { row, space: seen }: ImportTarget,
  items: readonly PreparedItem[],
  attempt: typeof unlessRefused,
): Promise<StoredItems | null> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return null;
    const space = await lockSpace(trx, row.spaceId);
    if (space === null) {
      await failWithoutSpace(trx, row);
      return null;
    }
    const portion: StoredItems = { done: [], ring: false };
    if (!hasSameRules(space, seen)) return portion;
    const until = performance.now() + turn;
    for (const step of items) {
      if (performance.now() >= until) break;
      const { done, ring } = await storeItem(trx, row, step, attempt);
      if (done !== null) portion.done.push({ ...done, name: step.item.name });
      portion.ring ||= ring;
    }
    await noteDone(trx, row.id, portion.done);
    return portion;
  });
}

/** Whether what the items were prepared with still holds. */
function hasSameRules(space: Space, seen: Space): boolean {
  const rulesOf = ({ kinds, rules, reviewRules, protectedAt, root, repositoryUrl }: Space) => ({
    ...{ kinds, rules, reviewRules, isProtected: protectedAt !== null, root, repositoryUrl },
  });
  return isDeepStrictEqual(rulesOf(space), rulesOf(seen));
}

/** `done: null` leaves the item for the next portion. */
async function storeItem(
  trx: Trx,
  row: Operation,
  step: PreparedItem,
  attempt: typeof unlessRefused,
): Promise<{ done: DoneItem | null; ring: boolean }> {
  if (step.done !== null) return { done: step.done, ring: false };
  const { item, known: save } = step;
  const failed = (message: string) => ({
    done: failedItem(item, save.entryId, message),
    ring: false,
  });
  const accepted = await attempt(trx, () => accept(trx, row, save));
  if (accepted.kind === 'refused')
    return failed(`The database cannot store it: ${accepted.message}.`);
  const { result } = accepted;
  switch (result.kind) {
    case 'accepted':
      return {
        done: doneItem(item, save.entryId, save.base === null ? 'created' : 'changed'),
        ring: result.ring,
      };
    case 'unchanged':
      return { done: doneItem(item, save.entryId, 'unchanged'), ring: false };
    case 'path_taken':
      // A free path may have been taken in the meantime; there is none in a folder that is a file.
      return save.isFixed || pathKey(save.path).startsWith(`${pathKey(result.path)}/`)
        ? failed(takenPath(save.path, result))
        : { done: null, ring: false };
    case 'stale':
      return { done: null, ring: false };
    case 'no_space':
      throw new Error("Unexpected under the space's lock: no_space");
  }
}

function accept(
  trx: Trx,
  row: Operation,
  { entryId, kind, path, base, result: { text, read } }: WantedSave,
): Promise<AcceptedSave> {
  return acceptSave(trx, {
    spaceId: row.spaceId,
    entryId,
    kind: kind.name,
    path,
    action: base === null ? 'create' : 'edit',
    base,
    content: {
      text,
      blob: textBlobId(text),
      declaredId: read.id,
      title: read.title,
      fields: read.fields,
      problems: read.problems,
    },
    person: row.person,
    by: row,
    via: 'import',
    message: null,
    operationId: row.id,
  });
}
