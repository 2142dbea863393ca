import { findOperation } from '../../../db/knowledge/operations.ts';
import { hasEnded, type OperationType } from '../../../model/knowledge/operation.ts';
import type { ItemsResult, OperationKey } from '../contract.ts';
import { withHeartbeat } from '../../streams/execution.ts';
import { exportChunks } from './export-chunk.ts';
import { importChunks } from './import-chunk.ts';
import { lookAhead } from './look-ahead.ts';
import type { Chunks, OperationDependencies, OperationRun } from './operation-run.ts';
import { checkChunks } from './check-chunk.ts';
import { createProgress } from './progress.ts';

const chunksOf: Record<OperationType, (run: OperationRun) => Chunks> = {
  import: importChunks,
  export: exportChunks,
  check: checkChunks,
  // Only a dry run has items before the end.
  sync: lookAhead,
};

/** Milliseconds after which no new chunk is begun, because others need the slot too. */
const spell = 5_000;

/** See `OperationActivities.workOnItems`. */
export async function workOnItems(
  deps: OperationDependencies,
  { operationId }: OperationKey,
): Promise<ItemsResult> {
  return withHeartbeat(async (execution) => {
    const row = await findOperation(deps.db, operationId);
    if (row === null || hasEnded(row.state)) return 'ended';
    const progress = createProgress(deps.db, operationId, execution);
    const until = Date.now() + spell;
    for await (const chunk of chunksOf[row.type]({ deps, row, execution, progress })) {
      if (chunk !== 'done') return chunk;
      execution.signal.throwIfAborted();
      if (Date.now() >= until) return 'more';
    }
    return 'through';
  });
}
