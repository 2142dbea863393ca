import { condition, workflowInfo } from '@temporalio/workflow';

/** A run that can be stopped between two attempts. */
export interface StoppableRun {
  readonly stopping: boolean;
  /** Whether nothing is under way that the next run could not begin anew. */
  readonly atRest: boolean;
  /** Whether admins are being told something. */
  readonly telling: boolean;
  stop(): void;
}

/** Stops the run when its history has grown long, so that it can continue as new. */
export async function stopWhenLong(run: StoppableRun): Promise<void> {
  const long = () => workflowInfo().continueAsNewSuggested;
  await condition(() => run.stopping || (long() && run.atRest));
  if (run.stopping) return;
  // Notices that are under way may finish; those that do not are sent again by the next run.
  await condition(() => run.stopping || !run.telling, '1m');
  // An attempt may begin between a condition and what follows it: look until none has.
  const busy = () => !run.stopping && !run.atRest;
  do await condition(() => !busy());
  while (busy());
  run.stop();
}
