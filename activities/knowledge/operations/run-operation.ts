import {
  beginOperation,
  findOperation,
  noteEnded,
  type Operation,
} from '../../../db/knowledge/operations.ts';
import type { Trx } from '../../../db/connect.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import type { OperationState, OperationType } from '../../../model/knowledge/operation.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { withHeartbeat, type Execution } from '../../streams/execution.ts';
import { ended } from './await-space.ts';
import type { Ending, Failure } from './ending.ts';
import { beginExport, exportSpace } from './export-space.ts';
import { importEntries } from './import-entries.ts';
import { createProgress, type Progress } from './progress.ts';
import { beginSync, syncEverything } from './sync-everything.ts';

/** What operations need. */
export type OperationDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'clones' | 'spaces'
>;

/** What an operation is run with. */
export interface OperationRun {
  deps: OperationDependencies;
  row: Operation;
  execution: Execution;
  progress: Progress;
}

interface Work {
  /** What is stored when it is taken into work, once. */
  begin(trx: Trx, row: Operation): Promise<void>;
  /** Does what is left. `null`: it was ended meanwhile. */
  run(run: OperationRun): Promise<Ending | null>;
}

const works: Record<OperationType, Work> = {
  import: { begin: () => Promise.resolve(), run: importEntries },
  sync: { begin: beginSync, run: syncEverything },
  export: { begin: beginExport, run: exportSpace },
};

/** See `OperationActivities.runOperation`. */
export async function runOperation(
  deps: OperationDependencies,
  { operationId }: { operationId: string },
): Promise<{ state: OperationState }> {
  return withHeartbeat(async (execution) => {
    const row = await beginOperation(deps.db, operationId, (trx, begun) =>
      works[begun.type].begin(trx, begun),
    );
    if (row === null) return stateOf(deps, operationId);
    const space = await findSpace(deps.db, row.spaceId);
    const progress = createProgress(deps.db, operationId, execution);
    const ending: Ending | null =
      space?.endedAt === null
        ? await works[row.type].run({ deps, row, execution, progress })
        : { state: 'failed', failure: ended(row.spaceId) };
    if (ending !== null) await endOperation(deps, { operationId, ...ending });
    return stateOf(deps, operationId);
  });
}

/** See `OperationActivities.endOperation`. */
export async function endOperation(
  { db }: Pick<ActivityDependencies, 'db'>,
  {
    operationId,
    state,
    failure,
  }: { operationId: string; state: 'done' | 'failed' | 'cancelled'; failure: Failure | null },
): Promise<void> {
  await db.transaction().execute((trx) => noteEnded(trx, operationId, state, failure));
}

/** An operation that is not there was removed with its space. */
async function stateOf(
  { db }: OperationDependencies,
  operationId: string,
): Promise<{ state: OperationState }> {
  return { state: (await findOperation(db, operationId))?.state ?? 'cancelled' };
}
