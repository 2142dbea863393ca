import type { ColumnType, Generated } from 'kysely';
import type {
  EntryFields,
  EntryProblem,
  Kind,
  SaveAction,
  Via,
} from '../../model/knowledge/entry.ts';
import type {
  OperationSettings,
  OperationState,
  OperationType,
} from '../../model/knowledge/operation.ts';
import type { SettledConflict } from '../../model/knowledge/conflict.ts';
import type { SpaceGrant, SpaceRules, WebhookScheme } from '../../model/knowledge/space.ts';
import type {
  DevelopmentBranches,
  EndedBecause,
  MirrorEnding,
} from '../../model/mirror/branches.ts';
import type { ChangeType } from '../../model/mirror/events.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { Person } from '../../model/streams/author.ts';
import type { PathDifference, Verification } from '../../model/mirror/verification.ts';
import type { Visibility } from '../../model/streams/visibility.ts';
import type { Role } from '../../model/access/roles.ts';
import type { SampleChange } from '../../model/platform/sample-change.ts';
import type { ReplacedSecret, RenderWarning } from '../../model/platform/tree.ts';

/** A `timestamptz`: read as Date, written as Date or ISO 8601. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>;
/** Set by the database when the row is made. */
type CreatedAt = ColumnType<Date, Date | string | undefined, never>;
/** A `bigint`, read as a number (`db/connect.ts` parses it; sequences stay below 2^53). */
type BigInt_ = ColumnType<number, number, number>;
/** A `bigint` that the database fills in. */
type Counter = ColumnType<number, number | undefined, number>;
/** A `jsonb` column: the value is given as JSON text and read as parsed. */
type Jsonb<T> = ColumnType<T, string, string>;

/** The one row that says which installation this is. */
export interface InstallationTable {
  id: string;
  createdAt: CreatedAt;
}

/** Platform projects. The source's token is sealed: see `db/sealing.ts`. */
export interface ProjectsTable {
  id: string;
  name: string;
  sourceKind: 'keboola' | 'sample';
  sourceUrl: string | null;
  sourceToken: Buffer | null;
  /** What the source called its default branch; `null` until it was asked. */
  defaultBranchId: string | null;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
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

/** The time from the first failed attempt to the first that works again. */
export interface OutagesTable {
  id: string;
  stream: string;
  /** What failed: reading the source, or delivering. At most one open outage for each. */
  lane: 'source' | 'repository';
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
  kind: 'person_needed' | 'escalated' | 'recovered';
  recipient: string;
  createdAt: CreatedAt;
  sentAt: NullableTimestamp;
  lastError: string | null;
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

/** Who may read each stream's repository, as last asked. */
export interface VisibilitiesTable {
  stream: string;
  repositoryUrl: string;
  result: Visibility['result'];
  reason: string;
  checkedAt: Timestamp;
}

/** Who may call the API. Only a hash of the token is kept. */
export interface TokensTable {
  id: string;
  kind: 'person' | 'machine';
  name: string;
  email: string | null;
  role: Role;
  /** Project ids that it may see; `null` is all. */
  projects: string[] | null;
  /** What it may do in which spaces; `null` is its role in all. */
  spaces: ColumnType<SpaceGrant[] | null, string | null | undefined, string | null>;
  tokenHash: string;
  createdAt: CreatedAt;
  lastUsedAt: NullableTimestamp;
  revokedAt: NullableTimestamp;
}

/** Who did what. */
export interface AuditLogTable {
  id: Counter;
  at: CreatedAt;
  tokenId: string | null;
  actor: string;
  action: string;
  target: string;
  requestId: string | null;
  detail: Jsonb<Record<string, unknown>>;
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

/** Knowledge spaces. */
export interface SpacesTable {
  id: string;
  name: string;
  repositoryUrl: string;
  repositoryBranch: string;
  credentialId: string | null;
  /** The folder of the entries, without slashes at its ends; `''` is the repository's root. */
  root: string;
  rules: Jsonb<SpaceRules>;
  webhookScheme: WebhookScheme | null;
  /** A JSON array of one or two secrets, sealed. */
  webhookSecrets: Buffer | null;
  /** The kinds that schema files in the repository add, as last read; `json`, which keeps the order of their fields. */
  kinds: ColumnType<Kind[], string | undefined, string>;
  /** What is wrong with those schema files. */
  problems: ColumnType<{ path: string; message: string }[], string | undefined, string>;
  /** The number of the last accepted save. */
  lastSequence: Counter;
  /** When the doorbell rang for saves that no delivery has looked at yet. */
  rungAt: NullableTimestamp;
  /** The commit that `entries` is of; `null` before the first sync. */
  syncedSha: string | null;
  syncedAt: NullableTimestamp;
  /** Our last commit on the branch. */
  deliveredSha: string | null;
  deliveredAt: NullableTimestamp;
  /** The commit whose index files were seen to be right. */
  indexedSha: string | null;
  /** A person's word, after it was held, that the branch is right as it is now; until the next sync. */
  approvedAt: NullableTimestamp;
  /** Read every file again at the next sync. */
  rereadWanted: Generated<boolean>;
  pausedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

/** Entries as they are with the saves that wait: the head. A removed one is gone, or has no head. */
export interface EntriesTable {
  spaceId: string;
  id: string;
  kind: string;
  /** Relative to the repository's root. */
  path: string;
  /** The id in the file; another than `id` where it lacks one, or another entry has it. */
  declaredId: string | null;
  title: string;
  fields: Jsonb<EntryFields>;
  problems: ColumnType<EntryProblem[], string | undefined, string>;
  /** Git's id of the head's bytes; `null` where a removal waits. */
  headBlob: string | null;
  /** `null` where there is no head, or it is no text that we keep (see `problems`). */
  headText: string | null;
  /** The blob in the synced commit; `null` where the entry is not there (yet). */
  gitBlob: string | null;
  /** The text in the synced commit, where the head is another one; else `null`. */
  gitText: string | null;
  /** The last commit that changed it. */
  commitSha: string | null;
  syncedAt: NullableTimestamp;
  /** Whether saves of it wait. */
  waiting: Generated<boolean>;
  /** Whether a conflict of it is open. */
  conflicted: Generated<boolean>;
  /** Why its saves could not be sent, where that is the entry's own fault. */
  failure: ColumnType<
    { code: string; message: string } | null,
    string | null | undefined,
    string | null
  >;
  updatedBy: string | null;
  updatedAt: Timestamp;
  search: ColumnType<string, never, never>;
}

/** What was accepted from people, to be committed; kept for good. */
export interface SavesTable {
  id: string;
  spaceId: string;
  /** Dense within the space, in the order of acceptance. */
  sequence: BigInt_;
  entryId: string;
  kind: string;
  path: string;
  action: SaveAction;
  /** What the person began from; `null` for a new entry. */
  baseText: string | null;
  /** What the person saved; `null` removes the entry. */
  text: string | null;
  /** The same merged with what came from Git since; equal to `text` where nothing did. */
  currentText: string | null;
  person: Jsonb<Person>;
  tokenId: string | null;
  via: Via;
  message: string | null;
  createdAt: CreatedAt;
  state: 'waiting' | 'delivered' | 'unneeded' | 'conflict';
  batchId: string | null;
  commitSha: string | null;
  deliveredAt: NullableTimestamp;
  conflictId: string | null;
  operationId: string | null;
}

/** Where a save and Git clash; both sides are kept, also when it is settled. */
export interface ConflictsTable {
  id: string;
  spaceId: string;
  entryId: string;
  kind: string;
  path: string;
  /** What both sides began from; `null`: nothing. */
  baseText: string | null;
  /** Git's side when it was found; `null`: removed there. */
  gitText: string | null;
  gitCommit: string | null;
  gitAuthor: string | null;
  gitAt: NullableTimestamp;
  /** `null`: to be removed. */
  mineText: string | null;
  mineAuthors: Jsonb<Person[]>;
  mineAt: Timestamp;
  createdAt: CreatedAt;
  settled: ColumnType<SettledConflict | null, string | null | undefined, string | null>;
}

/** The branch's first-parent line, as far as it touches the space. */
export interface SpaceCommitsTable {
  spaceId: string;
  /** Counted from 1 at the branch's begin. */
  position: BigInt_;
  sha: string;
  authorName: string;
  authorEmail: string;
  authoredAt: Timestamp;
  /** The latest committer date up to here: "as of" a date is a position. */
  effectiveAt: Timestamp;
  subject: string;
  via: Via;
}

/** Which commit changed which entry, and to which blob. */
export interface EntryVersionsTable {
  spaceId: string;
  entryId: string;
  position: BigInt_;
  kind: string;
  path: string;
  /** Where it was before, if that commit moved it. */
  previousPath: string | null;
  /** `null`: removed. */
  blobId: string | null;
}

/** What happened to entries between Gitward and Git; for people. */
export interface SyncLogsTable {
  id: Counter;
  spaceId: string;
  /** `null`: of the whole space. */
  entryId: string | null;
  at: CreatedAt;
  direction: 'to_git' | 'from_git';
  /** `accepted`, `committed`, `read`, `merged`, `conflict`, `settled`, `removed`, `invalid`, `failed`. */
  outcome: string;
  commitSha: string | null;
  actor: string | null;
  message: string;
}

/** Deliveries of webhooks that were seen. */
export interface WebhookDeliveriesTable {
  spaceId: string;
  deliveryId: string;
  receivedAt: CreatedAt;
}

/** Bulk operations and how far they are. */
export interface OperationsTable {
  id: string;
  spaceId: string;
  type: OperationType;
  dryRun: boolean;
  settings: Jsonb<OperationSettings>;
  person: Jsonb<Person>;
  tokenId: string | null;
  state: OperationState;
  total: Generated<number>;
  done: Generated<number>;
  /** How many items came to what. */
  counts: ColumnType<Record<string, number>, string | undefined, string>;
  /** The item that is being worked on. */
  current: string | null;
  failure: ColumnType<
    { code: string; message: string } | null,
    string | null | undefined,
    string | null
  >;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
  endedAt: NullableTimestamp;
}

/** The items of a bulk operation. */
export interface OperationItemsTable {
  operationId: string;
  ordinal: number;
  /** A path, or an id: what people call it. */
  name: string;
  /** What is to be imported; `null` where there is nothing, or it is done. */
  content: string | null;
  /** `created`, `changed`, `unchanged`, `failed`, …; `null` while it waits. */
  outcome: string | null;
  entryId: string | null;
  message: string | null;
}

export interface Database {
  installation: InstallationTable;
  projects: ProjectsTable;
  credentials: CredentialsTable;
  mirrors: MirrorsTable;
  changeEvents: ChangeEventsTable;
  batches: BatchesTable;
  batchFiles: BatchFilesTable;
  renderedFiles: RenderedFilesTable;
  snapshots: SnapshotsTable;
  snapshotConfigurations: SnapshotConfigurationsTable;
  outages: OutagesTable;
  notices: NoticesTable;
  verifications: VerificationsTable;
  tableSamples: TableSamplesTable;
  visibilities: VisibilitiesTable;
  jobRuns: JobRunsTable;
  jobDays: JobDaysTable;
  jobListings: JobListingsTable;
  jobTables: JobTablesTable;
  tokens: TokensTable;
  auditLog: AuditLogTable;
  sampleChanges: SampleChangesTable;
  spaces: SpacesTable;
  entries: EntriesTable;
  saves: SavesTable;
  conflicts: ConflictsTable;
  spaceCommits: SpaceCommitsTable;
  entryVersions: EntryVersionsTable;
  syncLogs: SyncLogsTable;
  webhookDeliveries: WebhookDeliveriesTable;
  operations: OperationsTable;
  operationItems: OperationItemsTable;
}
