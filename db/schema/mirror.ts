import type { ColumnType, Generated } from 'kysely';
import type {
  DevelopmentBranches,
  EndedBecause,
  MirrorEnding,
} from '../../model/mirror/branches.ts';
import type { ChangeType } from '../../model/mirror/events.ts';
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
  /** Which platform: the list of platforms decides what there is. */
  sourceKind: string;
  sourceUrl: string | null;
  sourceToken: Buffer | null;
  /** The folders that its mirrors own inside their places. */
  ownedFolders: Generated<string[]>;
  /** What the source called its default branch; `null` until it was asked. */
  defaultBranchId: string | null;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

export interface MirrorsTable {
  projectId: string;
  branchId: string;
  repositoryUrl: string;
  repositoryBranch: string;
  subdirectory: string;
  credentialId: string | null;
  policy: Jsonb<MirrorPolicy>;
  /** Counts the changes of the rendered state, so that a stale render is noticed. */
  generation: Counter;
  /** The number of the last accepted change. */
  lastSequence: Counter;
  /** When the doorbell rang for changes that no batch has taken yet. */
  rungAt: NullableTimestamp;
  /**
   * Why the whole tree must be rendered and compared with the tip; `null` in quiet times. `adopt` is
   * a person's word (`adopt: true`, or approve) that the mirror may write over what it finds there.
   */
  resyncReason: CommitReason | null;
  /** The last commit known to hold everything delivered. */
  deliveredSha: string | null;
  deliveredAt: NullableTimestamp;
  initializedAt: NullableTimestamp;
  pausedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
  /** Set exactly where `ended_at` is. */
  endedBecause: Generated<EndedBecause | null>;
  /** The branch is gone from the source: the mirror ends when what waits is delivered. */
  ending: ColumnType<MirrorEnding | null, string | null | undefined, string | null>;
  /** Which development branches are linked by themselves; looked at on the default branch's mirror only. */
  developmentBranches: ColumnType<DevelopmentBranches, string | undefined, string>;
  /** What the last render left out or could not place. */
  replacedSecrets: Jsonb<ReplacedSecret[]>;
  warnings: Jsonb<RenderWarning[]>;
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
  /** Tells a configuration that was purged and made again from the old one; `''` for other types. */
  incarnation: string;
  version: BigInt_ | null;
  author: string | null;
  occurredAt: Timestamp;
  receivedAt: CreatedAt;
  description: string | null;
  /** The event as it came, unknown fields too; sealed. */
  body: Buffer;
  /** The batch that took it; `null` while it waits. */
  batchId: string | null;
  commitSha: string | null;
  deliveredAt: NullableTimestamp;
}

/** The rendered state: what was delivered plus what waits. */
export interface RenderedFilesTable {
  stream: string;
  path: string;
  blobId: string;
  owner: string;
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

/** The first rows of tables, sealed, so that a full render needs no new reading. */
export interface TableSamplesTable {
  stream: string;
  tableId: string;
  /** What of the table was asked for. */
  asked: string;
  /** When the table had last changed then, as the source says it. */
  changedAt: string | null;
  readAt: Timestamp;
  /** `null` where the table has no preview. */
  content: Buffer | null;
}

/** The changes that a sample project was told to make, in order. */
export interface SampleChangesTable {
  projectId: string;
  ordinal: BigInt_;
  change: Jsonb<SampleChange>;
  author: string;
  at: Timestamp;
}

/** The runs of jobs that are known, and where each one's file is. */
export interface JobRunsTable {
  stream: string;
  runId: string;
  finishedAt: Timestamp;
  componentId: string;
  /** `''` where the job ran no stored configuration. */
  configId: string;
  status: string;
  /** From start to finish; `null` where the start is not known. */
  seconds: number | null;
  path: string;
  /** The run as JSON; sealed. */
  body: Buffer;
}

/** The summaries of days that are over; they outlive the runs. */
export interface JobDaysTable {
  stream: string;
  /** `2026-01-31`, in UTC. */
  day: string;
  /** The summary as JSON; sealed. */
  body: Buffer;
}

/** Up to when all of a stream's finished jobs were asked for. */
export interface JobListingsTable {
  stream: string;
  listedAt: Timestamp;
}

/** Which tables runs of each configuration read and wrote. */
export interface JobTablesTable {
  stream: string;
  componentId: string;
  configId: string;
  direction: 'read' | 'write';
  tableId: string;
  lastFinishedAt: Timestamp;
}
