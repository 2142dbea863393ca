import type { Delivered, StreamActivities, StreamView } from '../streams/contract.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';

/** What is waiting in a mirror. */
export interface MirrorCounts {
  /** Neither ended nor paused. If `false`, nothing was done, and the workflow has to read the mirror again. */
  active: boolean;
  /** Accepted changes that no batch has taken. */
  pendingChanges: number;
  /** Accepted changes whose commit has not been read back from the remote. */
  undeliveredChanges: number;
  waitingBatches: number;
  /** Whether the whole tree must be rendered and compared with the tip, or the mirror is `ending`. */
  resync: boolean;
  /** Whether the branch no longer exists: the mirror ends once everything waiting is delivered. */
  ending?: boolean;
}

/** What a mirror's workflow needs to know about it. */
export interface MirrorView extends MirrorCounts, StreamView {}

/** A window that ended. */
export interface OpenBatchInput extends MirrorKey {
  /** Identifies the window, so that a repeated call finds the batch that was made from it. */
  windowKey: string;
  openedAt: string;
  closedAt: string;
  /** Whether to look for unreported changes too. */
  catchUp: boolean;
}

/** The result of a window. */
export interface OpenBatchResult extends MirrorCounts {
  batchId: string | null;
  changes: number;
  files: number;
}

/** Which mirror should deliver. */
export interface DeliverInput extends MirrorKey {
  /** Whether a first commit may wait for the default branch's first commit. */
  mayWait?: boolean;
}

/** What a delivery did, and what is still waiting. */
export interface DeliverResult extends Delivered, MirrorCounts {
  /** The ended outage that names the files that the host refuses, while the admins are to be told of it. */
  refusals?: string;
}

/** The activities of a mirror's workflow. */
export interface MirrorActivities extends StreamActivities {
  readMirror(mirror: MirrorKey): Promise<MirrorView>;
  /** Decides which changes belong to the window, then reads, renders and stores the batch. */
  openBatch(input: OpenBatchInput): Promise<OpenBatchResult>;
  /** Sends everything that is waiting to the remote, and marks it as delivered. */
  deliver(mirror: DeliverInput): Promise<DeliverResult>;
}

/** Which development branches got their own mirror. */
export interface LinkBranchesResult {
  /** Their ids. */
  linked: string[];
  /** Why the source could not list its branches; `null` if it could. */
  failure: { code: FailureCode; message: string } | null;
}

/** How many of a project's active mirrors were asked to compare themselves with the source, and of how many it was seen that they need not. */
export interface CatchUpResult {
  asked: number;
  unchanged: number;
}

/** The activities of a catch-up. */
export interface CatchUpActivities {
  /** The project's mirrors that are neither ended nor paused. */
  listActiveMirrors(input: { projectId: string }): Promise<MirrorKey[]>;
  /** Signals the workflows of those of a project's active mirrors that may have something to do, and starts those that are not running. */
  catchUpProject(input: { projectId: string }): Promise<CatchUpResult>;
  /** Signals the workflow of one mirror; only for catch-ups that began in an earlier version. */
  requestCatchUp(mirror: MirrorKey): Promise<void>;
  /** Gives new development branches a mirror, if the default branch's mirror says so. */
  linkBranches(input: { projectId: string }): Promise<LinkBranchesResult>;
}

/** What a verification found; the paths are in the database. `outcome` is `null` if the mirror is not active. */
export interface VerifyResult {
  outcome: Verification['outcome'] | null;
  differenceCount: number;
  /** The ended outage that names files which others changed, if the admins are to be told of it. */
  drift?: string;
}

/** The activities of a verification. */
export interface VerifyActivities {
  /** Compares source and Git, and stores the verdict, or why there is none. */
  verifyMirror(mirror: MirrorKey): Promise<VerifyResult>;
}

/** What a round of asking feeds did. */
export interface AskFeedsResult {
  /** How many feeds the stack has; without any, nobody need ask again. */
  feeds: number;
  /** How many were asked, and how many of these had news. */
  asked: number;
  news: number;
  /** When the next is due, in milliseconds; `null` if there is none. */
  nextIn: number | null;
}

/** The activities of watching a stack. */
export interface WatchActivities {
  /** Asks the feeds of a stack that are due, and stores what they tell. */
  askFeeds(input: { stack: string }): Promise<AskFeedsResult>;
}
