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

/** What a delivery did. */
export interface Delivered {
  /** The remote's tip, as read back; `null` where the branch does not exist, or nothing was looked at. */
  tip: string | null;
  commits: number;
  /** Nothing was done: the branch's first commit is to stand on the default branch's, which is not made yet. */
  waitsFor?: 'default_mirror';
}

/** What any stream's delivery asks for, whatever it delivers. */
export interface StreamActivities {
  /** Opens an outage, or adds an attempt to the open one. */
  recordFailure(input: FailedAttempt): Promise<OutageView>;
  /** Notes that the outage was escalated; answers `null` where it is over already. */
  escalateOutage(input: { outageId: string }): Promise<OutageView | null>;
  /** Ends the outage; answers what admins had been told of it. */
  endOutage(input: { outageId: string }): Promise<{ notices: NoticeKind[] }>;
  /** Tells each admin that has not been told; answers how many were. */
  notifyAdmins(input: NoticeName): Promise<{ recipients: number }>;
}
