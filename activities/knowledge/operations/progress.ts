import type { Db } from '../../../db/connect.ts';
import { noteCurrent } from '../../../db/knowledge/operations.ts';
import type { Execution } from '../../streams/execution.ts';

const noteInterval = 1_000;

/** Reports what an operation is working on: to Temporal at once, to the database at most once a second. */
export type Progress = (current: string) => Promise<void>;

/** See {@link Progress}. */
export function createProgress(db: Db, operationId: string, { step }: Execution): Progress {
  let notedAt = 0;
  return async (current) => {
    step(current);
    if (Date.now() - notedAt < noteInterval) return;
    notedAt = Date.now();
    await noteCurrent(db, operationId, current);
  };
}
