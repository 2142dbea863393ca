import type { Delivered, StreamActivities, StreamView } from '../streams/contract.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';

/** What waits of a mirror. */
export interface MirrorCounts {
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

/** A mirror as its workflow needs to know it. */
export interface MirrorView extends MirrorCounts, StreamView {}

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
export interface OpenBatchResult extends MirrorCounts {
  batchId: string | null;
  changes: number;
  files: number;
}

/** Which mirror is to deliver. */
export interface DeliverInput extends MirrorKey {
  /** Whether a first commit may wait for the default branch's one. */
  mayWait?: boolean;
}

/** What a delivery did, and what still waits. */
export interface DeliverResult extends Delivered, MirrorCounts {}

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
