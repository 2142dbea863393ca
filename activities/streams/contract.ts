import type { FailureCode } from '../../model/streams/errors.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { OperationState, OperationType, SpaceWish } from '../../model/knowledge/operation.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type {
  FailedAttempt,
  NoticeKind,
  NoticeName,
  OutageView,
} from '../../model/streams/outage.ts';

/*
 * What workflows may ask of the outside world. Payloads carry ids, counts and times, never files,
 * credentials or event bodies. Times are ISO 8601 in UTC. What fails with a classified
 * `StreamFailure` reaches the workflow as a non-retryable ApplicationFailure whose type is the code:
 * the workflow's own timer retries it. Temporal retries the rest: lost workers, timeouts, a database
 * that is away.
 */

/** What waits of a stream. */
export interface StreamCounts {
  /** Neither ended nor paused: where it is not, nothing was done, and the workflow has to look again. */
  active: boolean;
  /** Accepted changes that no batch has taken. */
  pendingChanges: number;
  /** Accepted changes whose commit has not been read back from the remote. */
  undeliveredChanges: number;
  waitingBatches: number;
  /** Whether the whole tree must be rendered and compared with the tip, or the mirror is `ending`. */
  resync: boolean;
  /** Whether the branch is gone: once what waits is delivered, the mirror ends. */
  ending?: boolean;
}

/** What any stream's workflow needs to know of it. */
export interface StreamView {
  /** Ended, or not there at all. */
  ended: boolean;
  paused: boolean;
  /** Whether a first commit was made, or a first reading. */
  initialized: boolean;
  outages: OutageView[];
  unsentNotices: NoticeName[];
}

/** A mirror as its workflow needs to know it. */
export interface MirrorView extends StreamCounts, StreamView {}

/** A window that ended. */
export interface OpenBatchInput extends MirrorKey {
  /** Names the window, so that a repeated call finds the batch that it made. */
  windowKey: string;
  openedAt: string;
  closedAt: string;
  /** Whether to look for what nobody told, too. */
  catchUp: boolean;
}

/** What became of a window. */
export interface OpenBatchResult extends StreamCounts {
  batchId: string | null;
  changes: number;
  files: number;
}

/** What a delivery did. */
export interface Delivered {
  /** The remote's tip, as read back; `null` where the branch does not exist, or nothing was looked at. */
  tip: string | null;
  commits: number;
  /** Nothing was done: the branch's first commit is to stand on the default branch's, which is not made yet. */
  waitsFor?: 'default_mirror';
}

/** Which mirror is to deliver. */
export interface DeliverInput extends MirrorKey {
  /** Whether a first commit may wait for the default branch's one. */
  mayWait?: boolean;
}

/** What a delivery did, and what still waits. */
export interface DeliverResult extends Delivered, StreamCounts {}

/** What any stream's delivery asks for, whatever it delivers. */
export interface StreamActivities {
  /** Opens an outage, or adds an attempt to the open one. */
  recordFailure(input: FailedAttempt): Promise<OutageView>;
  /** Notes that the outage was escalated; answers `null` where it is over already. */
  escalateOutage(input: { outageId: string }): Promise<OutageView | null>;
  /** Ends the outage; answers what admins had been told of it. */
  endOutage(input: { outageId: string }): Promise<{ told: NoticeKind[] }>;
  /** Tells each admin that has not been told; answers how many were. */
  notifyAdmins(input: NoticeName): Promise<{ told: number }>;
}

/** What a mirror's workflow asks for. */
export interface MirrorActivities extends StreamActivities {
  readMirror(mirror: MirrorKey): Promise<MirrorView>;
  /** Fixes which changes belong to the window, reads, renders and stores the batch. */
  openBatch(input: OpenBatchInput): Promise<OpenBatchResult>;
  /** Brings the remote up to what waits, and marks it as delivered. */
  deliver(mirror: DeliverInput): Promise<DeliverResult>;
}

/** Which development branches got a mirror of their own. */
export interface LinkBranchesResult {
  /** Their ids. */
  linked: string[];
  /** Why the source could not say which branches there are. */
  failure: { code: FailureCode; message: string } | null;
}

/** What a catch-up asks for. */
export interface CatchUpActivities {
  /** The project's mirrors that are neither ended nor paused. */
  listActiveMirrors(input: { projectId: string }): Promise<MirrorKey[]>;
  /** Signals the mirror's workflow, starting it where it does not run. */
  requestCatchUp(mirror: MirrorKey): Promise<void>;
  /** Gives new development branches a mirror, where the default branch's one says so. */
  linkBranches(input: { projectId: string }): Promise<LinkBranchesResult>;
}

/** What a verification found; the paths are in the database. `null`: the mirror is not active. */
export interface VerifyResult {
  outcome: Verification['outcome'] | null;
  differenceCount: number;
}

/** What a verification asks for. */
export interface VerifyActivities {
  /** Compares source and Git, and keeps the verdict, or why there is none. */
  verifyMirror(mirror: MirrorKey): Promise<VerifyResult>;
}

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

/** All activities of Gitward's worker. */
export interface Activities
  extends
    MirrorActivities,
    CatchUpActivities,
    VerifyActivities,
    SpaceActivities,
    OperationActivities {}
