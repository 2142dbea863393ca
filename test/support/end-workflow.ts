import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';

/** Resets a workflow to the end of its first task, as an operator does: everything that it has done since is done anew. */
export async function resetWorkflow(handle: WorkflowHandle): Promise<void> {
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

/** Deletes a workflow with its history. */
export async function deleteWorkflow({ client, workflowId }: WorkflowHandle): Promise<void> {
  await client.workflowService.deleteWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
  });
}
