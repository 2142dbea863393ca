import type { Db, Trx } from '../../../db/connect.ts';
import { findOperation, noteEnded } from '../../../db/knowledge/operations.ts';
import type { OperationState } from '../../../model/knowledge/operation.ts';

/** Why something was not completed: a stable code, and a sentence that says what to do. */
export interface Failure {
  code: string;
  message: string;
}

/** The failure of an operation whose space was ended or does not exist. */
export function spaceEnded(spaceId: string): Failure {
  return { code: 'space_not_found', message: `Space ${spaceId} was ended.` };
}

/** Ends the operation as failed because its space no longer exists, inside the caller's transaction. */
export async function failWithoutSpace(
  trx: Trx,
  { id, spaceId }: { id: string; spaceId: string },
): Promise<void> {
  await noteEnded(trx, id, 'failed', spaceEnded(spaceId));
}

/** The operation's state. If it does not exist, it was removed with its space and counts as cancelled. */
export async function stateOf(db: Db, operationId: string): Promise<OperationState> {
  return (await findOperation(db, operationId))?.state ?? 'cancelled';
}
