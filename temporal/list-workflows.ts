import type { Client } from '@temporalio/client';
import pMap from 'p-map';

/** A running workflow, and what it waits for. */
export interface WorkflowState {
  id: string;
  runId: string;
  type: string;
  status: string;
  startedAt: string;
  /** Events in the history of this run. */
  historyLength: number;
  pendingActivities: {
    type: string;
    state: string;
    attempt: number;
    /** What the last attempt failed with. */
    lastFailure: string | null;
  }[];
}

/** Lists the running workflows of this namespace, at most `limit`, each with its pending activities. */
export async function listWorkflows(client: Client, limit: number): Promise<WorkflowState[]> {
  const found: { id: string; runId: string }[] = [];
  const query = "ExecutionStatus = 'Running'";
  for await (const { workflowId: id, runId } of client.workflow.list({ query })) {
    found.push({ id, runId });
    if (found.length >= limit) break;
  }
  return pMap(found, ({ id, runId }) => describe(client, id, runId), { concurrency: 8 });
}

async function describe(client: Client, id: string, runId: string): Promise<WorkflowState> {
  const { type, status, startTime, historyLength, raw } = await client.workflow
    .getHandle(id, runId)
    .describe();
  const pending = raw.pendingActivities ?? [];
  return {
    ...{ id, runId, type, status: status.name, historyLength },
    startedAt: startTime.toISOString(),
    pendingActivities: pending.map(({ activityType, state, attempt, lastFailure }) => ({
      type: activityType?.name ?? '',
      state: String(state ?? ''),
      attempt: attempt ?? 0,
      lastFailure: lastFailure?.message ?? null,
    })),
  };
}
