import { ScheduleNotFoundError, type Client } from '@temporalio/client';
import { catchUpWorkflowId, verifyWorkflowId } from '../../model/mirror/ids.ts';
import type { CatchUpInput, VerifyInput } from '../../workflows/messages.ts';
import { ensureSchedule, type RegularWork } from '../schedules.ts';

const DAY = 24 * 60 * 60 * 1_000;

function schedulesOf(projectId: string, catchUpInterval: number): RegularWork[] {
  return [
    {
      id: catchUpWorkflowId(projectId),
      workflowType: 'catchUpWorkflow',
      args: [{ projectId } satisfies CatchUpInput],
      every: catchUpInterval,
      summary: `Catch-up of project ${projectId}`,
    },
    {
      id: verifyWorkflowId(projectId),
      workflowType: 'verifyWorkflow',
      args: [{ projectId } satisfies VerifyInput],
      every: DAY,
      summary: `Daily verification of project ${projectId}`,
    },
  ];
}

/**
 * Creates the project's Schedules (catch-up and daily verification), or updates their intervals
 * (milliseconds). A run is skipped if the previous one is still running or if it would start more
 * than a minute late: the next one follows anyway.
 */
export async function ensureProjectSchedules(
  client: Client,
  projectId: string,
  catchUpInterval: number,
): Promise<void> {
  for (const schedule of schedulesOf(projectId, catchUpInterval))
    await ensureSchedule(client, schedule);
}

/** Removes the project's Schedules, if there are any. */
export async function removeProjectSchedules(client: Client, projectId: string): Promise<void> {
  for (const { id } of schedulesOf(projectId, DAY)) {
    try {
      await client.schedule.getHandle(id).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
}
