import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { HousekeepingRun, RemovedKind } from '../model/housekeeping/run.ts';
import type { OutageView } from '../model/streams/outage.ts';
import type { StreamState } from '../model/streams/state.ts';
import type { QueueName } from '../model/telemetry/queues.ts';

/** The task queue of Gitward's workflows, and of the short activities that do their bookkeeping. */
export const taskQueue = 'gitward';

/** The task queue of each kind of long work, which must not wait for another, so that none can take the slots of another. */
export const activityQueues: Record<QueueName, string> = {
  mirrors: `${taskQueue}-mirrors`,
  spaces: `${taskQueue}-spaces`,
  operations: `${taskQueue}-operations`,
  checks: `${taskQueue}-checks`,
  notices: `${taskQueue}-notices`,
  feeds: `${taskQueue}-feeds`,
};

/** The mirror's intervals in milliseconds, set at the start and carried through continue-as-new. */
export interface MirrorTimings {
  window: number;
  retryInterval: number;
  escalateAfter: number;
}

/** Input of `mirrorWorkflow`. Only the workflow itself sets `carried`, in the run before. */
export interface MirrorInput {
  projectId: string;
  branchId: string;
  timings: MirrorTimings;
  carried?: MirrorCarried;
}

/** What one run hands over to the next; everything else is in the database. Times are epoch milliseconds. */
export interface MirrorCarried {
  windowOpenedAt: number | null;
  windowClosesAt: number | null;
  rung: boolean;
  syncWanted: boolean;
  catchUpWanted: boolean;
  deliverWanted: boolean;
  /** Whether somebody asked for an attempt. Runs from before it was carried do not have it: the next one tries at once. */
  retryWanted?: boolean;
}

/** Input of `catchUpWorkflow`. */
export interface CatchUpInput {
  projectId: string;
  /** Only look for new development branches, because an event reported one. */
  newBranchesOnly?: boolean;
}

/** Input of `watchWorkflow`. */
export interface WatchInput {
  /** The host of the platform, with its port if it is not the usual one. */
  stack: string;
}

/** Input of `verifyWorkflow`; without a branch, all of the project's mirrors. */
export interface VerifyInput {
  projectId: string;
  branchId?: string;
}

/** A space's intervals in milliseconds, set at the start and carried through continue-as-new. */
export interface SpaceTimings {
  /** How long one person's saves are collected into one commit. */
  window: number;
  /** Between two checks of the branch's tip. */
  pollInterval: number;
  retryInterval: number;
  escalateAfter: number;
}

/** Input of `spaceWorkflow`. Only the workflow itself sets `carried`, in the run before. */
export interface SpaceInput {
  spaceId: string;
  timings: SpaceTimings;
  carried?: SpaceCarried;
}

/** What one run hands over to the next; everything else is in the database. Times are epoch milliseconds. */
export interface SpaceCarried {
  windowClosesAt: number | null;
  syncWanted: boolean;
  nextPollAt: number | null;
  /** When the reviews are looked at next. Runs from before there were reviews do not have these two. */
  nextReviewAt?: number | null;
  reviewsWanted?: boolean;
  /** As of a mirror. */
  retryWanted?: boolean;
}

/** Input of `operationWorkflow`. */
export interface OperationInput {
  operationId: string;
  /** Only the workflow itself sets this, in the run before: how many stages are done. */
  carried?: { stagesDone: number };
}

/** Changes are waiting in the database. Carries no data; sent by signal-with-start. */
export const doorbell = defineSignal('doorbell');
/** Close the window now; a space is synced with its branch at once. */
export const syncNow = defineSignal('syncNow');
/** Try again now, without waiting for the retry timer (also sent when a credential was rotated). */
export const retryNow = defineSignal('retryNow');
/** The mirror's row changed (paused, resumed, reconfigured, approved, ended): read it again. */
export const mirrorChanged = defineSignal('mirrorChanged');
/** The space's row changed (paused, resumed, reconfigured, approved, ended): read it again. */
export const spaceChanged = defineSignal('spaceChanged');
/** Somebody asked for a review, or said something about one: look at the reviews now. */
export const reviewsChanged = defineSignal('reviewsChanged');
/** Compare the whole project with what was delivered. */
export const catchUp = defineSignal('catchUp');

/** To a verification: somebody wants a verdict as of now, so what it has read before is too old. */
export const verifyNow = defineSignal('verifyNow');
/** To a search for new branches: there may be one since it looked. */
export const lookAgain = defineSignal('lookAgain');
/** To an operation: stop after the current chunk. */
export const cancelOperation = defineSignal('cancelOperation');
/** To an operation: a sync of its space succeeded or failed, or the space was paused or ended; check the space. */
export const spaceTurned = defineSignal('spaceTurned');

/** What a mirror's workflow knows about itself. Times are ISO 8601 in UTC. */
export interface MirrorStatus {
  state: StreamState;
  windowClosesAt: string | null;
  pendingChanges: number;
  waitingBatches: number;
  outage: OutageView | null;
  runAttempt: string | null;
}

/** The answer comes at once, from the workflow's memory. */
export const statusQuery = defineQuery<MirrorStatus>('status');

/** What a space's workflow knows about itself. Times are ISO 8601 in UTC. */
export interface SpaceStatus {
  state: StreamState;
  windowClosesAt: string | null;
  nextPollAt: string | null;
  waitingSaves: number;
  openConflicts: number;
  openReviews: number;
  outage: OutageView | null;
  runAttempt: string | null;
}

/** Like {@link statusQuery}, but for a space. */
export const spaceStatusQuery = defineQuery<SpaceStatus>('status');

/** What the workflow of a stack knows about its feeds. Times are ISO 8601 in UTC. */
export interface WatchStatus {
  /** How many feeds there are, and when they were last asked. */
  feeds: number;
  askedAt: string | null;
  /** How many were asked then, and how many of these had news. */
  asked: number;
  news: number;
  nextAt: string | null;
  /** Why the last round failed; `null` if it did not. */
  failure: string | null;
}

/** Like {@link statusQuery}, but for a stack. */
export const watchStatusQuery = defineQuery<WatchStatus>('status');
/** The feeds of the stack are others: look now. */
export const feedsChanged = defineSignal('feedsChanged');
/** What a run of housekeeping has done so far. */
export interface HousekeepingStatus {
  /** What it removes now; `null` before and after. */
  kind: RemovedKind | null;
  removed: HousekeepingRun['removed'];
}

/** Like {@link statusQuery}, but for housekeeping. */
export const housekeepingStatusQuery = defineQuery<HousekeepingStatus>('status');
