import type { Generated } from 'kysely';
import type { FailureCode, HostStep } from '../../model/streams/errors.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { Person } from '../../model/streams/author.ts';
import type { ChannelKind } from '../../model/streams/notice-channel.ts';
import type { LongWork } from '../../model/streams/progress.ts';
import type { Removal } from '../../model/streams/removal.ts';
import type { LaneName, NoticeKind } from '../../model/streams/outage.ts';
import type { Visibility } from '../../model/streams/visibility.ts';
import type { Timestamp, NullableTimestamp, CreatedAt, BigInt_, Jsonb } from './columns.ts';

/** A single row with the id of this installation. */
export interface InstallationTable {
  id: string;
  createdAt: CreatedAt;
  /** What fingerprints of secrets are made with; sealed. `null` until one was needed. */
  fingerprintKey: Generated<Buffer | null>;
}

/** Secrets that were recognised in the files of streams; never what they are. */
export interface SecretFindingsTable {
  stream: string;
  path: string;
  line: number;
  atColumn: number;
  rule: string;
  fingerprint: string;
  masked: boolean;
  foundAt: Generated<Date>;
}

/** Secrets that open repositories; the API never returns them. */
export interface CredentialsTable {
  id: string;
  name: string;
  kind: 'https_token';
  username: string;
  /** The only origin that it is sent to; `null`: not said yet, so it is sent nowhere. */
  origin: string | null;
  secret: Buffer;
  createdAt: CreatedAt;
  rotatedAt: NullableTimestamp;
  /** The private SSH key that signs what is pushed with it; sealed. */
  signingKey: Generated<Buffer | null>;
  /** Its public half, as one line. */
  signingPublicKey: Generated<string | null>;
}

/** Where notices go, besides the addresses of mirrors and spaces. */
export interface NoticeChannelsTable {
  id: string;
  name: string;
  kind: ChannelKind;
  /** What may be shown of where it leads: a mail's address, or an origin. */
  leadsTo: string;
  /** A `ChannelTarget` as JSON, sealed. */
  target: Buffer;
  /** Whether it is for whoever names nobody, and for every escalation. */
  isDefault: boolean;
  createdAt: CreatedAt;
  changedAt: NullableTimestamp;
}

/** What hosts refuse to a credential, for whatever repository: see `model/streams/host-refusal.ts`. */
export interface HostRefusalsTable {
  origin: string;
  /** `null`: to whoever has none. */
  credentialId: string | null;
  /** Its key; `null`: the host limits how often it is asked. */
  repository: string | null;
  /** Since when the credential had the secret that this is about. */
  secretSince: NullableTimestamp;
  step: HostStep;
  words: string;
  /** How often in a row. */
  times: number;
  alone: Generated<boolean>;
  refusedAt: Timestamp;
  askAt: Timestamp;
  claimedUntil: NullableTimestamp;
}

/** What a batch's commit will say. */
export interface BatchMessage {
  author: Person;
  coAuthors: Person[];
  subject: string;
  body: string;
}

/** The changes of one window, which no longer change: they become one commit. */
export interface BatchesTable {
  id: string;
  stream: string;
  /** The order within the stream. */
  ordinal: BigInt_;
  /**
   * Identifies the window, so that a repeated call of `openBatch` finds the batch that it created.
   */
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
  /** How many values in plain text its files leave out. */
  redactions: Generated<number>;
  /** The trace of the window that made it, as W3C's `traceparent`; `null`: none of its changes has one. */
  traceparent: Generated<string | null>;
  /** The kind of its changes; `none` for batches from before it was stored. */
  eventType: Generated<string>;
}

/** The bytes of a waiting batch, sealed; deleted on delivery. */
export interface BatchFilesTable {
  batchId: string;
  path: string;
  blobId: string | null;
  content: Buffer | null;
}

/** The time from the first failed attempt to the first successful one. */
export interface OutagesTable {
  id: string;
  stream: string;
  /** What failed: reading the source, or delivering. Each has at most one open outage. */
  lane: LaneName;
  since: Timestamp;
  attempts: number;
  code: FailureCode;
  message: string;
  lastAttemptAt: Timestamp;
  nextAttemptAt: NullableTimestamp;
  escalatedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
  /** What else fails with it: see `model/streams/notices/outage-cause.ts`; `null`: nothing that is known. */
  cause: Generated<string | null>;
}

/** Each attempt that failed; those that are older than the longest period of a stream's health are removed. */
export interface FailedAttemptsTable {
  stream: string;
  startedAt: Timestamp;
  lane: LaneName;
}

/** What admins were told: one row for each outage, kind and recipient, inserted before sending. */
export interface NoticesTable {
  outageId: string;
  kind: NoticeKind;
  recipient: string;
  createdAt: CreatedAt;
  sentAt: NullableTimestamp;
  lastError: string | null;
  /** The cause of the outages that its message told of, when it was sent. */
  cause: Generated<string | null>;
  /** The id of its message: the same for all that the message told this recipient of. `null` until it is sent first. */
  message: Generated<string | null>;
  /** When that message was sent; of what it covers, too. */
  messageSentAt: NullableTimestamp;
  /** Nothing was sent for it: an earlier message about the same cause stands. */
  covered: Generated<boolean>;
  /** It was told before it was due, together with others. */
  ahead: Generated<boolean>;
  /** Who is sending it; `null`: nobody. */
  claim: Generated<string | null>;
  /** When the claim runs out, or was given back. */
  claimedUntil: NullableTimestamp;
}

/** The commits that were about to be pushed: these are ours, wherever they are found. */
export interface PushedCommitsTable {
  stream: string;
  sha: string;
  batches: string[];
  recordedAt: CreatedAt;
}

/** Who may read each stream's repository, as of the last check. */
export interface VisibilitiesTable {
  stream: string;
  repositoryUrl: string;
  result: Visibility['result'];
  reason: string;
  checkedAt: Timestamp;
}

/** How far long work on streams is, while it lasts. */
export interface StreamProgressTable {
  stream: string;
  work: LongWork;
  step: string;
  done: number | null;
  total: number | null;
  startedAt: Timestamp;
  /** The last sign of life of the worker. */
  updatedAt: Timestamp;
}

/** What a reading of each stream would remove, until somebody allows it or it is there again. */
export interface HeldRemovalsTable {
  stream: string;
  digest: string;
  /** The paths of the files. */
  listed: Jsonb<Removal['listed']>;
  total: number;
  foundAt: Generated<Date>;
  approvedAt: NullableTimestamp;
}
