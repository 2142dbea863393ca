import type { StreamActivities, StreamView } from '../streams/contract.ts';
import type { OperationState, OperationType, SpaceWish } from '../../model/knowledge/operation.ts';

/** Names a space. */
export interface SpaceKey {
  spaceId: string;
}

/** What waits in a space. */
export interface SpaceCounts {
  /** Neither ended nor paused: where it is not, nothing was done, and the workflow has to look again. */
  active: boolean;
  /** Accepted saves that are not on the remote yet. */
  waitingSaves: number;
  openConflicts: number;
}

/** A space as its workflow needs to know it. */
export interface SpaceView extends SpaceCounts, StreamView {}

/** What a sync of a space did. */
export interface SyncSpaceResult extends SpaceCounts {
  /** The branch's commit, which database and Git agree on now; `null` where it does not exist. */
  tip: string | null;
  /** Commits of ours that were pushed. */
  commits: number;
  /** Entries that were read from Git. */
  entries: number;
}

/** What a space's workflow asks for. */
export interface SpaceActivities extends StreamActivities {
  readSpace(space: SpaceKey): Promise<SpaceView>;
  /**
   * Brings a space and its branch together: reads what others pushed, merges what waits onto it, sends that, and
   * reads back. Where neither has anything new it costs one question.
   */
  syncSpace(space: SpaceKey): Promise<SyncSpaceResult>;
}

/** Names a bulk operation. */
export interface OperationKey {
  operationId: string;
}

/** A bulk operation as its workflow needs to know it. */
export interface OperationView {
  spaceId: string;
  type: OperationType;
  dryRun: boolean;
}

/**
 * What became of an operation's items: some are left, none is, or the operation has ended. `later`: the space is being
 * read, and has to be waited for.
 */
export type ItemsResult = 'more' | 'later' | 'through' | 'ended';

/** How a space stands to what an operation wants of it. */
export type SpaceLook =
  | { kind: 'waiting' | 'fulfilled' }
  /** The operation has ended meanwhile. */
  | { kind: 'ended' }
  /** It will take longer than anybody should wait for: it is paused or was ended, or an attempt failed. */
  | { kind: 'late'; failure: { code: string; message: string } };

/** Input of `finishOperation`. */
export interface FinishOperationInput extends OperationKey {
  /** Why the space was not waited for; `null`: it was. */
  late: { code: string; message: string } | null;
}

/** Input of `endOperation`. */
export interface EndOperationInput extends OperationKey {
  state: 'failed' | 'cancelled';
  failure: { code: string; message: string } | null;
}

/** What a bulk operation's workflow asks for. Each finds what an earlier call that was lost has done. */
export interface OperationActivities {
  /** Takes the operation into work; `null` where it has ended, or does so now because its space is gone. */
  beginOperation(operation: OperationKey): Promise<OperationView | null>;
  /** Works on items for some seconds, chunk by chunk; what came of them is in the database. */
  workOnItems(operation: OperationKey): Promise<ItemsResult>;
  /**
   * Has the space's workflow work now, unless it is as wanted. Answers how many attempts its open outages had had
   * before, by their ids.
   */
  askSpace(
    input: OperationKey & { wish: SpaceWish },
  ): Promise<{ attempts: Record<string, number> }>;
  /** Looks, without waiting, whether the space is as wanted; `attempts` is what `askSpace` answered. */
  lookAtSpace(
    input: OperationKey & { wish: SpaceWish; attempts: Record<string, number> },
  ): Promise<SpaceLook>;
  /** Notes what came of it and that it is at its end; nothing happens where it has ended. Answers how it ended. */
  finishOperation(input: FinishOperationInput): Promise<{ state: OperationState }>;
  /** Notes that the operation could not be done, or was cancelled. */
  endOperation(input: EndOperationInput): Promise<void>;
}
