import type { StreamId } from './ids.ts';

/** Why a commit was made: `Gitward-Reason`. */
export type CommitReason =
  | 'changes'
  | 'initial'
  | 'adopt'
  | 'catch-up'
  | 'recovery'
  | 'policy'
  | 'retention'
  | 'samples'
  | 'drift'
  | 'ended';

/** What the last paragraph of our commits says; see the design, "Commits". */
export interface StreamTrailers {
  stream: StreamId;
  installation: string;
  /** Ids of the batches that the commit holds, oldest first; at least one. */
  batches: string[];
  /** The number of the last change that the commit holds; 0 where there is none. */
  through: number;
  reason: CommitReason;
}
