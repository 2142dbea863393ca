import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
} from '@temporalio/client';
import { catchUpWorkflowId, verifyWorkflowId } from '../../model/mirror/ids.ts';
import { taskQueue, type CatchUpInput, type VerifyInput } from '../../workflows/messages.ts';

const DAY = 24 * 60 * 60 * 1_000;

/**
 * Something done to a project at regular intervals; its id is both the Schedule's and the
 * workflow's.
 */
interface ProjectSchedule {
  id: string;
  workflowType: 'catchUpWorkflow' | 'verifyWorkflow';
  input: CatchUpInput | VerifyInput;
  /** Milliseconds. */
  every: number;
  summary: string;
}

function schedulesOf(projectId: string, catchUpInterval: number): ProjectSchedule[] {
  return [
    {
      id: catchUpWorkflowId(projectId),
      workflowType: 'catchUpWorkflow',
      input: { projectId },
      every: catchUpInterval,
      summary: `Catch-up of project ${projectId}`,
    },
    {
      id: verifyWorkflowId(projectId),
      workflowType: 'verifyWorkflow',
      input: { projectId },
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

async function ensureSchedule(client: Client, schedule: ProjectSchedule): Promise<void> {
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

function scheduleOptions({ id, workflowType, input, every, summary }: ProjectSchedule) {
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
      args: [input],
      staticSummary: summary,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
  };
}

function hasInterval({ spec }: ScheduleDescription, every: number): boolean {
  const [only, ...others] = spec.intervals ?? [];
  return only?.every === every && others.length === 0 && spec.jitter === every;
}
