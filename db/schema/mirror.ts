import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type {
  DevelopmentBranches,
  EndedBecause,
  MirrorEnding,
} from '../../model/mirror/branches.ts';
import type { ChangeType } from '../../model/mirror/events.ts';
import type { FeedKind, FeedState } from '../../model/mirror/feed.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { PathDifference, Verification } from '../../model/mirror/verification.ts';
import type { SampleChange } from '../../model/platform/sample-change.ts';
import type { ReplacedSecret, RenderWarning } from '../../model/platform/tree.ts';
import type {
  Timestamp,
  NullableTimestamp,
  CreatedAt,
  BigInt_,
  Counter,
  Jsonb,
} from './columns.ts';

/** Platform projects. The source's token is sealed: see `db/sealing.ts`. */
export interface ProjectsTable {
  id: string;
  name: string;
  /** The platform; the list of platforms in the code decides which exist. */
  sourceKind: string;
  sourceUrl: string | null;
  sourceToken: Buffer | null;
  /** The folders that its mirrors own inside their places. */
  ownedFolders: Generated<string[]>;
  /** What the source called its default branch; `null` until it has been asked. */
  defaultBranchId: string | null;
  /** What its owner pays for, and where it is: labels of metrics; `null`: nobody has said. */
  planTier: string | null;
  region: string | null;
  /** The host of its platform, with its port; made from `source_url`. */
  stack: GeneratedAlways<string | null>;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

/** What platforms are asked for news: see `db/mirror/feeds.ts`. */
export interface FeedsTable {
  projectId: string;
  kind: FeedKind;
  /** `''` for the jobs of a whole project. */
  branchId: string;
  state: Generated<FeedState>;
  /** Where the next answer goes on; the platform knows what it means. `null`: it was not asked yet. */
  cursor: string | null;
  /** Why it does not tell of everything. */
  message: string | null;
  /** How often in a row it has failed. */
  failures: Generated<number>;
  nextAskAt: Generated<Date>;
  /** Until then it belongs to who claimed it. */
  leasedUntil: NullableTimestamp;
  answeredAt: NullableTimestamp;
  newsAt: Generated<Date>;
  /** When the rights of the project's token were last looked at. */
  checkedAt: NullableTimestamp;
  /** Whether it may have left something out that nobody has asked for yet. */
  gaps: Generated<number>;
  /** When everything was last compared because of that. */
  comparedAt: NullableTimestamp;
}

/** The stacks that are watched. */
export interface WatchedStacksTable {
  stack: string;
  askedAt: Timestamp;
}

export interface MirrorsTable {
  projectId: string;
  branchId: string;
  repositoryUrl: string;
  repositoryBranch: string;
  subdirectory: string;
  credentialId: string | null;
  policy: Jsonb<MirrorPolicy>;
  /** Counts the changes of the rendered state, so that an outdated render is noticed. */
  generation: Counter;
  /** The number of the last accepted change. */
  lastSequence: Counter;
  /** When the doorbell rang for changes that no batch has taken yet. */
  rungAt: NullableTimestamp;
  /**
   * Why the whole tree must be rendered and compared with the tip; `null` if it need not be.
   * `adopt` is a person's decision (`adopt: true`, or approve) that the mirror may write over what
   * it finds there.
   */
  resyncReason: CommitReason | null;
  /** The last commit known to contain everything delivered. */
  deliveredSha: string | null;
  /** The last tip on which that commit was found, if others had moved the branch on. */
  checkedTip: Generated<string | null>;
  deliveredAt: NullableTimestamp;
  initializedAt: NullableTimestamp;
  pausedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
  /** Set if and only if `ended_at` is set. */
  endedBecause: Generated<EndedBecause | null>;
  /** The branch is gone from the source: the mirror ends once what is waiting is delivered. */
  ending: ColumnType<MirrorEnding | null, string | null | undefined, string | null>;
  /**
   * Which development branches are linked automatically; only used on the default branch's mirror.
   */
  developmentBranches: ColumnType<DevelopmentBranches, string | undefined, string>;
  /** What the last render left out or could not place. */
  replacedSecrets: Jsonb<ReplacedSecret[]>;
  warnings: Jsonb<RenderWarning[]>;
  /** The settings under which its whole tree was looked at for secrets; `null` before that is like the defaults. */
  guardedAs: Generated<string | null>;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

export interface ChangeEventsTable {
  projectId: string;
  branchId: string;
  sequence: BigInt_;
  type: ChangeType;
  componentId: string;
  configId: string | null;
  versionIdentifier: string;
  /**
   * Tells a configuration that was purged and created again from the old one; `''` for other types.
   */
  incarnation: string;
  version: BigInt_ | null;
  author: string | null;
  occurredAt: Timestamp;
  receivedAt: CreatedAt;
  description: string | null;
  /** The event as it was received, including unknown fields; sealed. */
  body: Buffer;
  /** The batch that took it; `null` while it is waiting. */
  batchId: string | null;
  commitSha: string | null;
  deliveredAt: NullableTimestamp;
  /** The trace that it belongs to, as W3C's `traceparent`; `null`: none. */
  traceparent: Generated<string | null>;
  /** The log tells of this change, one of so many; `null`: it does not. */
  loggedOneIn: Generated<number | null>;
}

/** The rendered state: what was delivered plus what is waiting. */
export interface RenderedFilesTable {
  stream: string;
  path: string;
  blobId: string;
  owner: string;
  /** The fingerprint of what the file was made from, if secrets were masked in it. */
  maskedFrom: Generated<string | null>;
}

/** The files whose content the host refuses, until they have other content or are tried again. */
export interface RefusedFilesTable {
  stream: string;
  path: string;
  blobId: string;
  /** What the host said. */
  rule: string;
  refusedAt: Generated<Date>;
  /** The outage that says so; `null` until it is recorded. */
  outageId: string | null;
}

/** What was last read of each mirror's branch; sealed: see `db/mirror/snapshots.ts`. */
export interface SnapshotsTable {
  stream: string;
  facts: Buffer;
  storage: Buffer;
}

/** What was last read of each configuration, by its key; sealed. */
export interface SnapshotConfigurationsTable {
  stream: string;
  key: string;
  entry: Buffer;
}

/** The last verification of each stream. */
export interface VerificationsTable {
  stream: string;
  outcome: Verification['outcome'];
  failure: ColumnType<Verification['failure'], string | null, string | null>;
  checkedAt: Timestamp;
  commitSha: string | null;
  files: number;
  differenceCount: number;
  differences: Jsonb<PathDifference[]>;
}

/** What the source makes of paths that differed in the last verification; sealed. */
export interface VerificationFilesTable {
  stream: string;
  path: string;
  expected: Buffer;
}

/** The first rows of tables, sealed, so that a full render need not read them again. */
export interface TableSamplesTable {
  stream: string;
  tableId: string;
  /** What was requested of the table. */
  asked: string;
  /** When the table had last changed at that time, according to the source. */
  changedAt: string | null;
  readAt: Timestamp;
  /** `null` if the table has no preview. */
  content: Buffer | null;
}

/** The changes that were made to a sample project, in order. */
export interface SampleChangesTable {
  projectId: string;
  ordinal: BigInt_;
  change: Jsonb<SampleChange>;
  author: string;
  at: Timestamp;
}

/** The known job runs, and where each one's file is. */
export interface JobRunsTable {
  stream: string;
  runId: string;
  finishedAt: Timestamp;
  componentId: string;
  /** `''` if the job ran no stored configuration. */
  configId: string;
  status: string;
  /** From start to finish; `null` if the start is not known. */
  seconds: number | null;
  path: string;
  /** The run as JSON; sealed. */
  body: Buffer;
}

/** The summaries of days that are over; they are kept longer than the runs. */
export interface JobDaysTable {
  stream: string;
  /** `2026-01-31`, in UTC. */
  day: string;
  /** The summary as JSON; sealed. */
  body: Buffer;
}

/** The time up to which all finished jobs of a stream have been listed. */
export interface JobListingsTable {
  stream: string;
  listedAt: Timestamp;
}

/** Which tables the runs of each configuration read and wrote. */
export interface JobTablesTable {
  stream: string;
  componentId: string;
  configId: string;
  direction: 'read' | 'write';
  tableId: string;
  lastFinishedAt: Timestamp;
}
