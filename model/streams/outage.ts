import type { FailureCode } from './errors.ts';
import type { StreamId } from './ids.ts';

/** The kinds of work that can fail for a long time, each with its own outage. */
export type LaneName = 'source' | 'repository' | 'review';

/** What admins can be notified of during an outage. */
export const noticeKinds = ['person_needed', 'escalated', 'recovered', 'found'] as const;

/** See {@link noticeKinds}. */
export type NoticeKind = (typeof noticeKinds)[number];

/** Identifies a notice. */
export interface NoticeName {
  outageId: string;
  kind: NoticeKind;
}

/** An outage, as stored in the database. Times are ISO 8601 in UTC. */
export interface OutageView {
  id: string;
  lane: LaneName;
  since: string;
  attempts: number;
  nextAttemptAt: string | null;
  escalatedAt: string | null;
  code: FailureCode;
  message: string;
  /** The notices that admins have received (or are being sent). */
  notices: NoticeKind[];
}

/** A failed attempt of a stream's work. Times are ISO 8601 in UTC. */
export interface FailedAttempt {
  stream: StreamId;
  lane: LaneName;
  attemptStartedAt: string;
  nextAttemptAt: string;
  code: FailureCode;
  message: string;
}
