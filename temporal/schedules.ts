import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
} from '@temporalio/client';
import { taskQueue } from '../workflows/messages.ts';

/** Something done at regular intervals; its id is both the Schedule's and the workflow's. */
export interface RegularWork {
  id: string;
  workflowType: 'catchUpWorkflow' | 'verifyWorkflow' | 'housekeepingWorkflow';
  args: unknown[];
  /** Milliseconds. */
  every: number;
  summary: string;
}

/**
 * Creates a Schedule, or updates its interval. A run is skipped if the previous one is still running or if it would start more
 * than a minute late: the next one follows anyway.
 */
export async function ensureSchedule(client: Client, schedule: RegularWork): Promise<void> {
  const options = scheduleOptions(schedule);
  const handle = client.schedule.getHandle(schedule.id);
  let found: ScheduleDescription;
  try {
    found = await handle.describe();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    try {
      await client.schedule.create({ scheduleId: schedule.id, ...options });
    } catch (creation) {
      // Another process was faster.
      if (!(creation instanceof ScheduleAlreadyRunning)) throw creation;
    }
    return;
  }
  if (hasInterval(found, schedule.every)) return;
  // If someone paused it, it stays paused.
  await handle.update(({ state }) => ({ ...options, state }));
}

function scheduleOptions({ id, workflowType, args, every, summary }: RegularWork) {
  return {
    spec: {
      intervals: [{ every }],
      // If all projects ran in the same second, the platform would notice the load.
      jitter: every,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType,
      workflowId: id,
      taskQueue,
      args,
      staticSummary: summary,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
  };
}

function hasInterval({ spec }: ScheduleDescription, every: number): boolean {
  const [only, ...others] = spec.intervals ?? [];
  return only?.every === every && others.length === 0 && spec.jitter === every;
}
