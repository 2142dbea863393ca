import { condition, workflowInfo } from '@temporalio/workflow';
import type { Lane, LaneControl } from './lane.ts';

/** Stops all lanes between two attempts when the history has grown long; `quiet`: nothing else is under way. */
export async function stopToContinueAsNew(
  control: LaneControl,
  lanes: readonly Lane[],
  quiet: () => boolean,
): Promise<void> {
  const idle = () => lanes.every((lane) => lane.idle) && quiet();
  await condition(() => control.stopping || (workflowInfo().continueAsNewSuggested && idle()));
  if (control.stopping) return;
  // Notices that are under way may finish; those that do not are sent again by the next run.
  const told = () => !lanes.some((lane) => lane.notifying);
  await condition(() => control.stopping || told(), '1m');
  await condition(() => control.stopping || idle());
  control.stopping = true;
}
