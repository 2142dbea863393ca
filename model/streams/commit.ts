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

/** What the last paragraph of our commit messages says. */
export interface StreamTrailers {
  stream: StreamId;
  installation: string;
  /** Ids of the batches in the commit, oldest first; at least one. */
  batches: string[];
  /** The number of the last change in the commit; 0 if there is none. */
  through: number;
  reason: CommitReason;
  /** Proves that we made the commit, to who has the key: 64 hex digits. Spaces and older commits have none. */
  proof?: string;
}
