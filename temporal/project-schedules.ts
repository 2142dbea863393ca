import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
} from '@temporalio/client';
import { catchUpWorkflowId } from '../model/ids.ts';
import { taskQueue, type CatchUpInput } from '../workflows/messages.ts';

/**
 * Makes the project's catch-up Schedule, or brings its interval (milliseconds) up to date. A run that
 * another overlaps is skipped, and one that is more than a minute late is too: the next comes soon.
 */
export async function ensureCatchUpSchedule(
  client: Client,
  projectId: string,
  interval: number,
): Promise<void> {
  const scheduleId = catchUpWorkflowId(projectId);
  const options = scheduleOptions(projectId, interval);
  const handle = client.schedule.getHandle(scheduleId);
  let found: ScheduleDescription;
  try {
    found = await handle.describe();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    try {
      await client.schedule.create({ scheduleId, ...options });
    } catch (creation) {
      // Another process was first.
      if (!(creation instanceof ScheduleAlreadyRunning)) throw creation;
    }
    return;
  }
  if (hasInterval(found, interval)) return;
  // Someone who paused it wants it paused.
  await handle.update(({ state }) => ({ ...options, state }));
}

/** Removes the project's catch-up Schedule, where there is one. */
export async function removeCatchUpSchedule(client: Client, projectId: string): Promise<void> {
  try {
    await client.schedule.getHandle(catchUpWorkflowId(projectId)).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

function scheduleOptions(projectId: string, interval: number) {
  const input: CatchUpInput = { projectId };
  return {
    spec: {
      intervals: [{ every: interval }],
      // All projects at the same second would be a wave that the platform feels.
      jitter: interval,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'catchUpWorkflow',
      workflowId: catchUpWorkflowId(projectId),
      taskQueue,
      args: [input],
      staticSummary: `Catch-up of project ${projectId}`,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
  };
}

function hasInterval({ spec }: ScheduleDescription, interval: number): boolean {
  const [only, ...others] = spec.intervals ?? [];
  return only?.every === interval && others.length === 0 && spec.jitter === interval;
}
