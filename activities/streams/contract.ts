import type {
  FailedAttempt,
  NoticeKind,
  NoticeName,
  OutageView,
} from '../../model/streams/outage.ts';

/*
 * What workflows may ask of the outside world. Payloads contain ids, counts and times, never files,
 * credentials or event bodies. Times are ISO 8601 in UTC. A classified `StreamFailure` reaches the workflow
 * as a non-retryable ApplicationFailure whose type is the code, and is retried by the workflow's own timer.
 * Temporal retries the rest: lost workers, timeouts, an unavailable database.
 */

/** What the workflow of any stream needs to know about it. */
export interface StreamView {
  /** Ended, or does not exist. */
  ended: boolean;
  paused: boolean;
  /** Whether a first commit was made, or a first reading. */
  initialized: boolean;
  outages: OutageView[];
  unsentNotices: NoticeName[];
}

/** What a delivery did. */
export interface Delivered {
  /** The remote's tip, as read back; `null` if the branch does not exist, or the remote was not read. */
  tip: string | null;
  commits: number;
  /** Nothing was done: the branch's first commit should follow the default branch's, which does not exist yet. */
  waitsFor?: 'default_mirror';
}

/** The activities of every stream, whatever it delivers. */
export interface StreamActivities {
  /** Opens an outage, or adds an attempt to the open one. */
  recordFailure(input: FailedAttempt): Promise<OutageView>;
  /** Notes that the outage was escalated; returns `null` if it is already over. */
  escalateOutage(input: { outageId: string }): Promise<OutageView | null>;
  /** Ends the outage; returns which notices about it admins have received. */
  endOutage(input: { outageId: string }): Promise<{ notices: NoticeKind[] }>;
  /** Notifies each admin who has not been notified yet; returns how many were. */
  notifyAdmins(input: NoticeName): Promise<{ recipients: number }>;
}
