import type { Space } from '../../api/types.ts';

/** What differs whenever the lists may; not the time of the last look at the branch, which finds nothing most of the time. */
export function changeOf(space: Space): string {
  const { state, waitingSaves, openConflicts, entries, syncedCommit, problems, outage } = space;
  const { heldKinds, heldRules, updatedAt } = space;
  return JSON.stringify([
    ...[state, waitingSaves, openConflicts, entries, syncedCommit, problems, updatedAt],
    ...[heldKinds, heldRules, outage?.since, outage?.attempts],
  ]);
}
