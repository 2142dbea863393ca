import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beginOperation } from '../../../activities/knowledge/operations/begin-operation.ts';
import { finishOperation } from '../../../activities/knowledge/operations/finish-operation.ts';
import { workOnItems } from '../../../activities/knowledge/operations/work-on-items.ts';
import type { OperationDependencies } from '../../../activities/knowledge/operations/operation-run.ts';

/** Runs the examples of a prompt, as the workflow of their operation does. */
export async function runCheck(
  parts: Pick<OperationDependencies, 'db' | 'sealer' | 'askModel'>,
  operationId: string,
): Promise<void> {
  // It needs none of the other parts.
  const deps = parts as OperationDependencies;
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  await environment.run(async () => {
    if ((await beginOperation(deps, { operationId })) === null) return;
    while ((await workOnItems(deps, { operationId })) === 'more');
    await finishOperation(deps, { operationId, late: null });
  });
}
