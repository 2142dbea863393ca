import type { StreamActivities, StreamView } from '../streams/contract.ts';
import type { OperationState, OperationType, SpaceWish } from '../../model/knowledge/operation.ts';

/** Identifies a space. */
export interface SpaceKey {
  spaceId: string;
}

/** What is waiting in a space. */
export interface SpaceCounts {
  /** Neither ended nor paused. If `false`, nothing was done, and the workflow has to read the space again. */
  active: boolean;
  /** Accepted saves that are not yet on the remote. */
  waitingSaves: number;
  /** How many of them are held, and wait for a person. Histories recorded before there were holds do not have it. */
  heldSaves?: number;
  openConflicts: number;
  /** Reviews that go on. Histories recorded before there were reviews have neither this nor the next. */
  openReviews?: number;
  /** In how many milliseconds the next of them is due; `null` if none goes on. */
  reviewsDueIn?: number | null;
}

/** What a space's workflow needs to know about it. */
export interface SpaceView extends SpaceCounts, StreamView {}

/** What a sync of a space did. */
export interface SyncSpaceResult extends SpaceCounts {
  /** The branch's commit, on which the database and Git now agree; `null` if the branch does not exist. */
  tip: string | null;
  /** Commits of ours that were pushed. */
  commits: number;
  /** Entries that were read from Git. */
  entries: number;
  /** The ended outage that names the files that the host refuses, while the admins are to be told of it. */
  refusals?: string;
}

/** What came of looking at the reviews of a space. */
export interface ReviewsResult extends SpaceCounts {
  /** Whether something was saved or merged, so that the space should be synced. */
  syncWanted: boolean;
}

/** The activities of a space's workflow. */
export interface SpaceActivities extends StreamActivities {
  readSpace(space: SpaceKey): Promise<SpaceView>;
  /**
   * Syncs a space with its branch: reads what others pushed, merges the waiting saves onto it, sends them, and reads
   * them back. If neither side has anything new, it costs one request to the remote.
   */
  syncSpace(space: SpaceKey): Promise<SyncSpaceResult>;
  /**
   * Looks at the reviews that are due: opens them at the host, follows what happens there, merges what is approved, and ends
   * what is done.
   */
  followReviews(space: SpaceKey): Promise<ReviewsResult>;
}

/** Identifies a bulk operation. */
export interface OperationKey {
  operationId: string;
}

/** What the workflow of a bulk operation needs to know about it. */
export interface OperationView {
  spaceId: string;
  type: OperationType;
  dryRun: boolean;
}

/**
 * How far an operation's items are: some are left (`more`), none are (`through`), or the operation has ended. `later`:
 * the space is being read, and the operation has to wait for it.
 */
export type ItemsResult = 'more' | 'later' | 'through' | 'ended';

/** Whether a space has fulfilled what an operation wishes. */
export type SpaceLook =
  | { kind: 'waiting' | 'fulfilled' }
  /** The operation has ended in the meantime. */
  | { kind: 'ended' }
  /** It will take too long to wait for: the space is paused or was ended, or an attempt failed. */
  | { kind: 'late'; failure: { code: string; message: string } };

/** Input of `finishOperation`. */
export interface FinishOperationInput extends OperationKey {
  /** Why the operation stopped waiting for the space; `null` if it did not. */
  late: { code: string; message: string } | null;
}

/** Input of `endOperation`. */
export interface EndOperationInput extends OperationKey {
  state: 'failed' | 'cancelled';
  failure: { code: string; message: string } | null;
}

/** The activities of a bulk operation's workflow. Each finds what an earlier call did that was lost. */
export interface OperationActivities {
  /** Begins the operation; returns `null` if it has ended, or if this ends it because its space no longer exists. */
  beginOperation(operation: OperationKey): Promise<OperationView | null>;
  /** Works on items for some seconds, chunk by chunk; the outcomes are in the database. */
  workOnItems(operation: OperationKey): Promise<ItemsResult>;
  /**
   * Makes the space's workflow work now, unless the wish is already fulfilled. Returns how many attempts each of its
   * open outages had before, by outage id.
   */
  askSpace(
    input: OperationKey & { wish: SpaceWish },
  ): Promise<{ attempts: Record<string, number> }>;
  /** Checks, without waiting, whether the wish is fulfilled; `attempts` is what `askSpace` returned. */
  lookAtSpace(
    input: OperationKey & { wish: SpaceWish; attempts: Record<string, number> },
  ): Promise<SpaceLook>;
  /** Records the result and ends the operation, unless it has already ended. Returns its final state. */
  finishOperation(input: FinishOperationInput): Promise<{ state: OperationState }>;
  /** Records that the operation could not be done, or was cancelled. */
  endOperation(input: EndOperationInput): Promise<void>;
}
