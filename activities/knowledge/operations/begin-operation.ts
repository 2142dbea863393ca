import type { Trx } from '../../../db/connect.ts';
import { insertItemsOfEntries } from '../../../db/knowledge/operation-entries.ts';
import {
  beginOperation as takeIntoWork,
  type Operation,
} from '../../../db/knowledge/operations.ts';
import { wantIndexChecked, wantReread } from '../../../db/knowledge/space-wants.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import type { OperationType } from '../../../model/knowledge/operation.ts';
import type { OperationKey, OperationView } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { failWithoutSpace } from './ending.ts';

/** What is stored once, when an operation of this type begins. */
const begin: Record<OperationType, (trx: Trx, row: Operation) => Promise<void>> = {
  // Their items were stored when they were created.
  import: () => Promise.resolve(),
  check: () => Promise.resolve(),
  async sync(trx, { spaceId, dryRun }) {
    // The mark stays, whatever fails afterwards.
    if (!dryRun) await wantReread(trx, spaceId);
  },
  async export(trx, { id, spaceId, dryRun }) {
    await insertItemsOfEntries(trx, id, spaceId);
    if (!dryRun) await wantIndexChecked(trx, spaceId);
  },
};

/** See `OperationActivities.beginOperation`. */
export async function beginOperation(
  { db }: Pick<ActivityDependencies, 'db'>,
  { operationId }: OperationKey,
): Promise<OperationView | null> {
  const row = await takeIntoWork(db, operationId, (trx, begun) => begin[begun.type](trx, begun));
  if (row === null) return null;
  const space = await findSpace(db, row.spaceId);
  if (space?.endedAt === null) {
    const { spaceId, type, dryRun } = row;
    return { spaceId, type, dryRun };
  }
  await db.transaction().execute((trx) => failWithoutSpace(trx, row));
  return null;
}
