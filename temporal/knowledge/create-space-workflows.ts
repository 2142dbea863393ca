import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { operationWorkflowId, spaceStream } from '../../model/knowledge/ids.ts';
import {
  cancelOperation,
  spaceTurned,
  taskQueue,
  type OperationInput,
  type SpaceInput,
  type SpaceTimings,
} from '../../workflows/messages.ts';
import { searchAttributes } from '../../workflows/streams/search-attributes.ts';
import { callsInTime } from '../in-time.ts';
import type { SpaceSignal, SpaceWorkflows } from './space-workflows.ts';

/** What {@link createSpaceWorkflows} needs. Times are milliseconds. */
export interface SpaceWorkflowsOptions {
  client: Client;
  /** Passed to workflows that are started. */
  timings: SpaceTimings;
  /** How long a call may take; defaults to 5 s. */
  deadline?: number;
}

/** Creates the access to the spaces' workflows on this Temporal. */
export function createSpaceWorkflows(options: SpaceWorkflowsOptions): SpaceWorkflows {
  const { client, timings, deadline } = options;
  const inTime = callsInTime(client, deadline);
  return {
    async signal(spaceId, signal) {
      await inTime(`take "${signal}" for ${spaceStream(spaceId)}`, () =>
        signalWithStart(client, spaceId, signal, timings),
      );
    },
    async runOperation(operationId) {
      await inTime(`start operation ${operationId}`, () =>
        // A running one continues; a lost one starts again from where it was.
        client.workflow.start('operationWorkflow', {
          ...operationOptions(operationId),
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      );
    },
    async cancelOperation(operationId) {
      await inTime(`cancel operation ${operationId}`, () =>
        // If its workflow was lost, it is started and ends at once; one that has ended stays as it
        // is.
        client.workflow.signalWithStart('operationWorkflow', {
          ...operationOptions(operationId),
          signal: cancelOperation,
          signalArgs: [],
        }),
      );
    },
    async tellOperation(operationId) {
      await inTime(`tell operation ${operationId} about its space`, () =>
        client.workflow.getHandle(operationWorkflowId(operationId)).signal(spaceTurned),
      );
    },
  };
}

async function signalWithStart(
  client: Client,
  spaceId: string,
  signal: SpaceSignal,
  { window, pollInterval, retryInterval, escalateAfter }: SpaceTimings,
): Promise<void> {
  const input: SpaceInput = {
    spaceId,
    timings: { window, pollInterval, retryInterval, escalateAfter },
  };
  await client.workflow.signalWithStart('spaceWorkflow', {
    workflowId: spaceStream(spaceId),
    taskQueue,
    args: [input],
    signal,
    signalArgs: [],
    staticSummary: `Knowledge space ${spaceId}`,
    staticDetails:
      'Keeps the entries of a knowledge space in sync with a branch of its repository: sends what people save, ' +
      'and reads what others push. Ask it with the query `status`.',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.space, value: spaceId },
    ]),
  });
}

function operationOptions(operationId: string) {
  const input: OperationInput = { operationId };
  return {
    workflowId: operationWorkflowId(operationId),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    taskQueue,
    args: [input],
    staticSummary: `Bulk operation ${operationId}`,
  };
}
