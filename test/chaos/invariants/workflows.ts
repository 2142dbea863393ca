import { workflowIds } from '../driver/end-workflow.ts';
import type { Stage } from '../driver/stage.ts';

/** Both workflows run, none of their tasks failed, and no activity of theirs is tried again. */
export async function workflowProblems({ world: { client } }: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const id of Object.values(workflowIds)) {
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
