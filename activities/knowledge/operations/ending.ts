import type { Db, Trx } from '../../../db/connect.ts';
import { findOperation, noteEnded } from '../../../db/knowledge/operations.ts';
import type { OperationState } from '../../../model/knowledge/operation.ts';

/** Why something did not come to its end: a stable name, and a sentence that says what to do. */
export interface Failure {
  code: string;
  message: string;
}

/** What an operation on a space that was ended, or is not there, ends with. */
export function spaceEnded(spaceId: string): Failure {
  return { code: 'space_not_found', message: `Space ${spaceId} was ended.` };
}

/** Ends the operation as failed because its space is gone, inside the caller's transaction. */
export async function failWithoutSpace(
  trx: Trx,
  { id, spaceId }: { id: string; spaceId: string },
): Promise<void> {
  await noteEnded(trx, id, 'failed', spaceEnded(spaceId));
}

/** How the operation stands; one that is not there was removed with its space. */
export async function stateOf(db: Db, operationId: string): Promise<OperationState> {
  return (await findOperation(db, operationId))?.state ?? 'cancelled';
}
