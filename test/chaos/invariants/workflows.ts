import { spaceStream } from '../../../model/knowledge/ids.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { mirrorKey, spaceId, type Stage } from '../driver/stage.ts';

const streams = [mirrorStream(mirrorKey), spaceStream(spaceId)];

/** Both workflows run, none of their tasks failed, and no activity of theirs is tried again. */
export async function workflowProblems({ world: { client } }: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const id of streams) {
    const { raw, status } = await client.workflow.getHandle(id).describe();
    if (status.name !== 'RUNNING') problems.push(`The workflow ${id} is ${status.name}.`);
    for (const { activityType, attempt, lastFailure } of raw.pendingActivities ?? [])
      if ((attempt ?? 1) > 1)
        problems.push(
          `${id}: ${activityType?.name ?? ''} is tried for the ${attempt}. time: ${lastFailure?.message ?? 'no answer'}`,
        );
    const task = raw.pendingWorkflowTask;
    if ((task?.attempt ?? 1) > 1) problems.push(`A task of the workflow ${id} is tried again.`);
  }
  return problems;
}
