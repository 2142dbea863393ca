import type { FailureCode } from './errors.ts';
import type { StreamId } from './ids.ts';

/** What can fail for long, each with an outage of its own. */
export type LaneName = 'source' | 'repository';

/** What admins can be told of an outage. */
export type NoticeKind = 'person_needed' | 'escalated' | 'recovered';

/** Names a notice. */
export interface NoticeName {
  outageId: string;
  kind: NoticeKind;
}

/** An outage, as kept in the database. Times are ISO 8601 in UTC. */
export interface OutageView {
  id: string;
  lane: LaneName;
  since: string;
  attempts: number;
  nextAttemptAt: string | null;
  escalatedAt: string | null;
  code: FailureCode;
  message: string;
  /** What admins were already told of it (or are being told). */
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
