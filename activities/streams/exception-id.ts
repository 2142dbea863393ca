import { Context } from '@temporalio/activity';

/**
 * Names a failure of the current activity in the log, as it is found in Temporal: the workflow's run, the activity, and
 * which of its attempts.
 */
export function exceptionId(): string {
  const { workflowExecution, activityId, attempt } = Context.current().info;
  return [workflowExecution?.runId ?? '', activityId, attempt].join('/');
}
