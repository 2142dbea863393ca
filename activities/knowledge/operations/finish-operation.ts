import type { Trx } from '../../../db/connect.ts';
import { readSyncResult } from '../../../db/knowledge/operation-entries.ts';
import {
  countWaitingSavesOf,
  noteConflicts,
  noteHeldItems,
  replaceItems,
} from '../../../db/knowledge/operation-items.ts';
import { lockOperation, noteEnded, type Operation } from '../../../db/knowledge/operations.ts';
import type { OperationState, OperationType } from '../../../model/knowledge/operation.ts';
import type { EndOperationInput, FinishOperationInput } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { stateOf, type Failure } from './ending.ts';

/** How an operation ends: `done`, perhaps with something that a person should know, or `failed`. */
type Ending = { state: 'done'; failure: Failure | null } | { state: 'failed'; failure: Failure };

const done: Ending = { state: 'done', failure: null };

/** Records an operation's result, and returns how it ends; `late`: why it stopped waiting for its space. */
const finish: Record<
  OperationType,
  (trx: Trx, row: Operation, late: Failure | null) => Promise<Ending>
> = {
  async import(trx, { id }, late) {
    await noteConflicts(trx, id);
    await noteHeldItems(trx, id);
    if (late === null) return done;
    const waiting = await countWaitingSavesOf(trx, id);
    const message = `Everything is stored, but some of it (${waiting}) is still waiting to be sent: ${late.message}`;
    return { state: 'done', failure: { code: late.code, message } };
  },
  async export(trx, { id }, late) {
    if (late !== null) return { state: 'failed', failure: late };
    await noteConflicts(trx, id);
    await noteHeldItems(trx, id);
    return done;
  },
  check: () => Promise.resolve(done),
  async sync(trx, { id, spaceId, dryRun }, late) {
    // The space will still do it as soon as it can.
    if (late !== null) return { state: 'failed', failure: late };
    if (dryRun) return done;
    const { read, invalid } = await readSyncResult(trx, spaceId);
    await replaceItems(trx, id, invalid, { read: read - invalid.length });
    return done;
  },
};

/** See `OperationActivities.finishOperation`. */
export async function finishOperation(
  { db }: Pick<ActivityDependencies, 'db'>,
  { operationId, late }: FinishOperationInput,
): Promise<{ state: OperationState }> {
  await db.transaction().execute(async (trx) => {
    const row = await lockOperation(trx, operationId);
    if (row === null) return;
    const { state, failure } = await finish[row.type](trx, row, late);
    await noteEnded(trx, operationId, state, failure);
  });
  return { state: await stateOf(db, operationId) };
}

/** See `OperationActivities.endOperation`. */
export async function endOperation(
  { db }: Pick<ActivityDependencies, 'db'>,
  { operationId, state, failure }: EndOperationInput,
): Promise<void> {
  await db.transaction().execute((trx) => noteEnded(trx, operationId, state, failure));
}
