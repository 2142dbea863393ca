import type { FailureCode } from '../../model/streams/errors.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { Person } from '../../model/streams/author.ts';
import type { LaneName, NoticeKind } from '../../model/streams/outage.ts';
import type { Visibility } from '../../model/streams/visibility.ts';
import type { Timestamp, NullableTimestamp, CreatedAt, BigInt_, Jsonb } from './columns.ts';

/** The one row that says which installation this is. */
export interface InstallationTable {
  id: string;
  createdAt: CreatedAt;
}

/** Secrets that open repositories; write-only from outside. */
export interface CredentialsTable {
  id: string;
  name: string;
  kind: 'https_token';
  username: string;
  secret: Buffer;
  createdAt: CreatedAt;
  rotatedAt: NullableTimestamp;
}

/** What a batch's commit will say. */
export interface BatchMessage {
  author: Person;
  coAuthors: Person[];
  subject: string;
  body: string;
}

/** One window's changes, fixed: it becomes one commit. */
export interface BatchesTable {
  id: string;
  stream: string;
  /** Order within the stream. */
  ordinal: BigInt_;
  /** Names the window, so that a repeated openBatch finds the batch that it made. */
  windowKey: string;
  reason: CommitReason;
  through: BigInt_;
  message: Jsonb<BatchMessage>;
  authoredAt: Timestamp;
  windowOpenedAt: NullableTimestamp;
  windowClosedAt: Timestamp;
  state: 'waiting' | 'delivered' | 'superseded';
  commitSha: string | null;
  deliveredAt: NullableTimestamp;
  createdAt: CreatedAt;
}

/** The bytes of a waiting batch, sealed; deleted on delivery. */
export interface BatchFilesTable {
  batchId: string;
  path: string;
  blobId: string | null;
  content: Buffer | null;
}

/** The time from the first failed attempt to the first that works again. */
export interface OutagesTable {
  id: string;
  stream: string;
  /** What failed: reading the source, or delivering. At most one open outage for each. */
  lane: LaneName;
  since: Timestamp;
  attempts: number;
  code: FailureCode;
  message: string;
  lastAttemptAt: Timestamp;
  nextAttemptAt: NullableTimestamp;
  escalatedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
}

/** What admins were told: one row an (outage, kind, recipient), made before sending. */
export interface NoticesTable {
  outageId: string;
  kind: NoticeKind;
  recipient: string;
  createdAt: CreatedAt;
  sentAt: NullableTimestamp;
  lastError: string | null;
}

/** What attempts were about to push: the commits that are ours, wherever they are found. */
export interface PushedCommitsTable {
  stream: string;
  sha: string;
  batches: string[];
  recordedAt: CreatedAt;
}

/** Who may read each stream's repository, as last asked. */
export interface VisibilitiesTable {
  stream: string;
  repositoryUrl: string;
  result: Visibility['result'];
  reason: string;
  checkedAt: Timestamp;
}
