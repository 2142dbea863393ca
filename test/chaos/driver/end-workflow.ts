import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  type WorkflowHandle,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { Ending, Product } from '../plan/actions.ts';
import type { World } from '../world.ts';
import { mirrorKey, spaceId } from './stage.ts';

/** The workflow of each product. */
export const workflowIds: Record<Product, string> = {
  mirror: mirrorStream(mirrorKey),
  space: spaceStream(spaceId),
};

/** How long Temporal may take to answer, in milliseconds. */
const patience = 3_000;

/** It does not run, or Temporal is away or busy with its start. */
const possible = [status.NOT_FOUND, status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED];

/** An operator ends a workflow, or begins it again; or Temporal loses it. While Temporal is away, nobody can. */
export async function endWorkflow({ client }: World, of: Product, how: Ending): Promise<void> {
  const handle = client.workflow.getHandle(workflowIds[of]);
  const ending = { terminate, reset, lose }[how];
  try {
    await client.withDeadline(Date.now() + patience, () => ending(handle));
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    const couldNot = isGrpcServiceError(cause) && possible.includes(cause.code);
    if (!couldNot && !(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function terminate(handle: WorkflowHandle): Promise<void> {
  await handle.terminate('An operator made a mistake');
}

/** The run begins again where its first task ended: everything that it has done since is done anew. */
async function reset(handle: WorkflowHandle): Promise<void> {
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const { EVENT_TYPE_WORKFLOW_TASK_COMPLETED } = proto.temporal.api.enums.v1.EventType;
  const first = events?.find(({ eventType }) => eventType === EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  await handle.client.workflowService.resetWorkflowExecution({
    namespace: handle.client.options.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId },
    reason: 'An operator tries again',
    requestId: randomUUID(),
    workflowTaskFinishEventId: first?.eventId ?? null,
  });
}

async function lose(handle: WorkflowHandle): Promise<void> {
  await handle.client.workflowService.deleteWorkflowExecution({
    namespace: handle.client.options.namespace,
    workflowExecution: { workflowId: handle.workflowId },
  });
}
