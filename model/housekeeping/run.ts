/** What is removed when it is old, in the order in which it is: first what refers to something, then that. */
export const removedKinds = [
  'changes',
  'mirror_batches',
  'saves',
  'conflicts',
  'reviews',
  'space_batches',
  'operation_items',
  'operations',
  'sync_logs',
  'webhook_deliveries',
  'outages',
  'failed_attempts',
  'audit_log',
  'prompt_scores',
  'prompt_checks',
  'sessions',
  'sign_ins',
  'leftovers',
] as const;

/** A kind of what is removed when it is old. */
export type RemovedKind = (typeof removedKinds)[number];

/** Where the last portion of a kind ended; the next one goes on from there. */
export type Cursor = readonly string[];

/** What became of one run. Times are ISO 8601 in UTC. */
export interface HousekeepingRun {
  startedAt: string;
  endedAt: string;
  /** `done`: nothing old is left; `unfinished`: its time was over, and the next run goes on; `failed`: some kinds could not be removed. */
  outcome: 'done' | 'unfinished' | 'failed';
  /** How many rows of each kind were removed. */
  removed: Partial<Record<RemovedKind, number>>;
  /** What could not be removed, and why. */
  failures: { kind: RemovedKind; message: string }[];
}

/** The id of the Schedule and of its workflow. */
export const housekeepingId = 'housekeeping';
