import type { Cursor, HousekeepingRun, RemovedKind } from '../../model/housekeeping/run.ts';

/** Where to go on with the removal of a kind; `null`: at its beginning. */
export interface RemoveOldInput {
  kind: RemovedKind;
  cursor: Cursor | null;
}

/** What one activity removed. */
export interface RemovedOld {
  removed: number;
  /** Where the next one goes on; `null`: nothing old is left. */
  cursor: Cursor | null;
}

/** The activities of housekeeping. Payloads contain ids, counts and times. */
export interface HousekeepingActivities {
  /** Removes old rows of a kind in portions, for 20 s at most. */
  removeOldRows(input: RemoveOldInput): Promise<RemovedOld>;
  /** Notes what became of a run. */
  noteHousekeeping(run: HousekeepingRun): Promise<void>;
}
