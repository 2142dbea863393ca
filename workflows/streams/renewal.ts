import { condition, patched, workflowInfo } from '@temporalio/workflow';

/** A run that can be stopped between two attempts. */
export interface StoppableRun {
  readonly stopping: boolean;
  /** Whether nothing is in progress that the next run could not start again. */
  readonly atRest: boolean;
  /** Whether a notice is being sent. */
  readonly telling: boolean;
  stop(): void;
}

/**
 * In events. A worker that starts goes through the whole history of a workflow before it does anything, and has ten seconds
 * for that, however busy its machine is: otherwise it begins again, and may never get through.
 */
const longestHistory = 1_000;

/** Whether the workflow should continue as new. */
export function isHistoryLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  if (continueAsNewSuggested) return true;
  return historyLength >= longestHistory && patched('short-histories');
}

/** Stops the run when its history has grown long, so that it can continue as new. */
export async function stopWhenLong(run: StoppableRun): Promise<void> {
  await condition(() => run.stopping || (run.atRest && isHistoryLong()));
  if (run.stopping) return;
  // Notices that are being sent may finish; the next run sends again those that do not.
  await condition(() => run.stopping || !run.telling, '1m');
  // An attempt may begin after the condition is met and before we continue: check until none has.
  const busy = () => !run.stopping && !run.atRest;
  do await condition(() => !busy());
  while (busy());
  run.stop();
}
