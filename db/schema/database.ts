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
  created_at: CreatedAt;
}

/** Platform projects. The source's token is sealed: see `db/sealing.ts`. */
export interface ProjectsTable {
  id: string;
  name: string;
  source_kind: 'keboola' | 'sample';
  source_url: string | null;
  source_token: Buffer | null;
  /** What the source called its default branch; `null` until it was asked. */
  default_branch_id: string | null;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}

/** Secrets that open repositories; write-only from outside. */
export interface CredentialsTable {
  id: string;
  name: string;
  kind: 'https_token';
  username: string;
  secret: Buffer;
  created_at: CreatedAt;
  rotated_at: NullableTimestamp;
}

export interface MirrorsTable {
  project_id: string;
  branch_id: string;
  repository_url: string;
  repository_branch: string;
  subdirectory: string;
  credential_id: string | null;
  policy: Jsonb<MirrorPolicy>;
  /** Counts the changes of the rendered state, so that a stale render is noticed. */
  generation: Counter;
  /** The number of the last accepted change. */
  last_sequence: Counter;
  /** When the doorbell rang for changes that no batch has taken yet. */
  rung_at: NullableTimestamp;
  /**
   * Why the whole tree must be rendered and compared with the tip; `null` in quiet times. `adopt` is
   * a person's word (`adopt: true`, or approve) that the mirror may write over what it finds there.
   */
  resync_reason: CommitReason | null;
  /** The last commit known to hold everything delivered. */
  delivered_sha: string | null;
  delivered_at: NullableTimestamp;
  initialized_at: NullableTimestamp;
  paused_at: NullableTimestamp;
  ended_at: NullableTimestamp;
  /** Set exactly where `ended_at` is. */
  ended_because: Generated<EndedBecause | null>;
  /** The branch is gone from the source: the mirror ends when what waits is delivered. */
  ending: ColumnType<MirrorEnding | null, string | null | undefined, string | null>;
  /** Which development branches are linked by themselves; looked at on the default branch's mirror only. */
  development_branches: ColumnType<DevelopmentBranches, string | undefined, string>;
  /** What the last render left out or could not place. */
  replaced_secrets: Jsonb<ReplacedSecret[]>;
  warnings: Jsonb<RenderWarning[]>;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}

export interface ChangeEventsTable {
  project_id: string;
  branch_id: string;
  sequence: BigInt_;
  type: ChangeType;
  component_id: string;
  config_id: string | null;
  version_identifier: string;
  /** Tells a configuration that was purged and made again from the old one; `''` for other types. */
  incarnation: string;
  version: BigInt_ | null;
  author: string | null;
  occurred_at: Timestamp;
  received_at: CreatedAt;
  description: string | null;
  /** The event as it came, unknown fields too; sealed. */
  body: Buffer;
  /** The batch that took it; `null` while it waits. */
  batch_id: string | null;
  commit_sha: string | null;
  delivered_at: NullableTimestamp;
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
  window_key: string;
  reason: CommitReason;
  through: BigInt_;
  message: Jsonb<BatchMessage>;
  authored_at: Timestamp;
  window_opened_at: NullableTimestamp;
  window_closed_at: Timestamp;
  state: 'waiting' | 'delivered' | 'superseded';
  commit_sha: string | null;
  delivered_at: NullableTimestamp;
  created_at: CreatedAt;
}

/** The bytes of a waiting batch, sealed; deleted on delivery. */
export interface BatchFilesTable {
  batch_id: string;
  path: string;
  blob_id: string | null;
  content: Buffer | null;
}

/** The rendered state: what was delivered plus what waits. */
export interface RenderedFilesTable {
  stream: string;
  path: string;
  blob_id: string;
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
  last_attempt_at: Timestamp;
  next_attempt_at: NullableTimestamp;
  escalated_at: NullableTimestamp;
  ended_at: NullableTimestamp;
}

/** What admins were told: one row an (outage, kind, recipient), made before sending. */
export interface NoticesTable {
  outage_id: string;
  kind: 'person_needed' | 'escalated' | 'recovered';
  recipient: string;
  created_at: CreatedAt;
  sent_at: NullableTimestamp;
  last_error: string | null;
}

/** The last verification of each stream. */
export interface VerificationsTable {
  stream: string;
  outcome: Verification['outcome'];
  failure: ColumnType<Verification['failure'], string | null, string | null>;
  checked_at: Timestamp;
  commit_sha: string | null;
  files: number;
  difference_count: number;
  differences: Jsonb<PathDifference[]>;
}

/** The first rows of tables, sealed, so that a full render needs no new reading. */
export interface TableSamplesTable {
  stream: string;
  table_id: string;
  /** What of the table was asked for. */
  asked: string;
  /** When the table had last changed then, as the source says it. */
  changed_at: string | null;
  read_at: Timestamp;
  /** `null` where the table has no preview. */
  content: Buffer | null;
}

/** Who may read each stream's repository, as last asked. */
export interface VisibilitiesTable {
  stream: string;
  repository_url: string;
  result: Visibility['result'];
  reason: string;
  checked_at: Timestamp;
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
  token_hash: string;
  created_at: CreatedAt;
  last_used_at: NullableTimestamp;
  revoked_at: NullableTimestamp;
}

/** Who did what. */
export interface AuditLogTable {
  id: Counter;
  at: CreatedAt;
  token_id: string | null;
  actor: string;
  action: string;
  target: string;
  request_id: string | null;
  detail: Jsonb<Record<string, unknown>>;
}

/** The changes that a sample project was told to make, in order. */
export interface SampleChangesTable {
  project_id: string;
  ordinal: BigInt_;
  change: Jsonb<SampleChange>;
  author: string;
  at: Timestamp;
}

/** The runs of jobs that are known, and where each one's file is. */
export interface JobRunsTable {
  stream: string;
  run_id: string;
  finished_at: Timestamp;
  component_id: string;
  /** `''` where the job ran no stored configuration. */
  config_id: string;
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
  listed_at: Timestamp;
}

/** Which tables runs of each configuration read and wrote. */
export interface JobTablesTable {
  stream: string;
  component_id: string;
  config_id: string;
  direction: 'read' | 'write';
  table_id: string;
  last_finished_at: Timestamp;
}

/** Knowledge spaces. */
export interface SpacesTable {
  id: string;
  name: string;
  repository_url: string;
  repository_branch: string;
  credential_id: string | null;
  /** The folder of the entries, without slashes at its ends; `''` is the repository's root. */
  root: string;
  rules: Jsonb<SpaceRules>;
  webhook_scheme: WebhookScheme | null;
  /** A JSON array of one or two secrets, sealed. */
  webhook_secrets: Buffer | null;
  /** The kinds that schema files in the repository add, as last read; `json`, which keeps the order of their fields. */
  kinds: ColumnType<Kind[], string | undefined, string>;
  /** What is wrong with those schema files. */
  problems: ColumnType<{ path: string; message: string }[], string | undefined, string>;
  /** The number of the last accepted save. */
  last_sequence: Counter;
  /** When the doorbell rang for saves that no delivery has looked at yet. */
  rung_at: NullableTimestamp;
  /** The commit that `entries` is of; `null` before the first sync. */
  synced_sha: string | null;
  synced_at: NullableTimestamp;
  /** Our last commit on the branch. */
  delivered_sha: string | null;
  delivered_at: NullableTimestamp;
  /** The commit whose index files were seen to be right. */
  indexed_sha: string | null;
  /** A person's word, after it was held, that the branch is right as it is now; until the next sync. */
  approved_at: NullableTimestamp;
  /** Read every file again at the next sync. */
  reread_wanted: Generated<boolean>;
  paused_at: NullableTimestamp;
  ended_at: NullableTimestamp;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}

/** Entries as they are with the saves that wait: the head. A removed one is gone, or has no head. */
export interface EntriesTable {
  space_id: string;
  id: string;
  kind: string;
  /** Relative to the repository's root. */
  path: string;
  /** The id in the file; another than `id` where it lacks one, or another entry has it. */
  declared_id: string | null;
  title: string;
  fields: Jsonb<EntryFields>;
  problems: ColumnType<EntryProblem[], string | undefined, string>;
  /** Git's id of the head's bytes; `null` where a removal waits. */
  head_blob: string | null;
  /** `null` where there is no head, or it is no text that we keep (see `problems`). */
  head_text: string | null;
  /** The blob in the synced commit; `null` where the entry is not there (yet). */
  git_blob: string | null;
  /** The text in the synced commit, where the head is another one; else `null`. */
  git_text: string | null;
  /** The last commit that changed it. */
  commit_sha: string | null;
  synced_at: NullableTimestamp;
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
  updated_by: string | null;
  updated_at: Timestamp;
  search: ColumnType<string, never, never>;
}

/** What was accepted from people, to be committed; kept for good. */
export interface SavesTable {
  id: string;
  space_id: string;
  /** Dense within the space, in the order of acceptance. */
  sequence: BigInt_;
  entry_id: string;
  kind: string;
  path: string;
  action: SaveAction;
  /** What the person began from; `null` for a new entry. */
  base_text: string | null;
  /** What the person saved; `null` removes the entry. */
  text: string | null;
  /** The same merged with what came from Git since; equal to `text` where nothing did. */
  current_text: string | null;
  person: Jsonb<Person>;
  token_id: string | null;
  via: Via;
  message: string | null;
  created_at: CreatedAt;
  state: 'waiting' | 'delivered' | 'unneeded' | 'conflict';
  batch_id: string | null;
  commit_sha: string | null;
  delivered_at: NullableTimestamp;
  conflict_id: string | null;
  operation_id: string | null;
}

/** Where a save and Git clash; both sides are kept, also when it is settled. */
export interface ConflictsTable {
  id: string;
  space_id: string;
  entry_id: string;
  kind: string;
  path: string;
  /** What both sides began from; `null`: nothing. */
  base_text: string | null;
  /** Git's side when it was found; `null`: removed there. */
  git_text: string | null;
  git_commit: string | null;
  git_author: string | null;
  git_at: NullableTimestamp;
  /** `null`: to be removed. */
  mine_text: string | null;
  mine_authors: Jsonb<Person[]>;
  mine_at: Timestamp;
  created_at: CreatedAt;
  settled: ColumnType<SettledConflict | null, string | null | undefined, string | null>;
}

/** The branch's first-parent line, as far as it touches the space. */
export interface SpaceCommitsTable {
  space_id: string;
  /** Counted from 1 at the branch's begin. */
  position: BigInt_;
  sha: string;
  author_name: string;
  author_email: string;
  authored_at: Timestamp;
  /** The latest committer date up to here: "as of" a date is a position. */
  effective_at: Timestamp;
  subject: string;
  via: Via;
}

/** Which commit changed which entry, and to which blob. */
export interface EntryVersionsTable {
  space_id: string;
  entry_id: string;
  position: BigInt_;
  kind: string;
  path: string;
  /** Where it was before, if that commit moved it. */
  previous_path: string | null;
  /** `null`: removed. */
  blob_id: string | null;
}

/** What happened to entries between Gitward and Git; for people. */
export interface SyncLogsTable {
  id: Counter;
  space_id: string;
  /** `null`: of the whole space. */
  entry_id: string | null;
  at: CreatedAt;
  direction: 'to_git' | 'from_git';
  /** `accepted`, `committed`, `read`, `merged`, `conflict`, `settled`, `removed`, `invalid`, `failed`. */
  outcome: string;
  commit_sha: string | null;
  actor: string | null;
  message: string;
}

/** Deliveries of webhooks that were seen. */
export interface WebhookDeliveriesTable {
  space_id: string;
  delivery_id: string;
  received_at: CreatedAt;
}

/** Bulk operations and how far they are. */
export interface OperationsTable {
  id: string;
  space_id: string;
  type: OperationType;
  dry_run: boolean;
  settings: Jsonb<OperationSettings>;
  person: Jsonb<Person>;
  token_id: string | null;
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
  created_at: CreatedAt;
  updated_at: Generated<Date>;
  ended_at: NullableTimestamp;
}

/** The items of a bulk operation. */
export interface OperationItemsTable {
  operation_id: string;
  ordinal: number;
  /** A path, or an id: what people call it. */
  name: string;
  /** What is to be imported; `null` where there is nothing, or it is done. */
  content: string | null;
  /** `created`, `changed`, `unchanged`, `failed`, …; `null` while it waits. */
  outcome: string | null;
  entry_id: string | null;
  message: string | null;
}

export interface Database {
  installation: InstallationTable;
  projects: ProjectsTable;
  credentials: CredentialsTable;
  mirrors: MirrorsTable;
  change_events: ChangeEventsTable;
  batches: BatchesTable;
  batch_files: BatchFilesTable;
  rendered_files: RenderedFilesTable;
  snapshots: SnapshotsTable;
  snapshot_configurations: SnapshotConfigurationsTable;
  outages: OutagesTable;
  notices: NoticesTable;
  verifications: VerificationsTable;
  table_samples: TableSamplesTable;
  visibilities: VisibilitiesTable;
  job_runs: JobRunsTable;
  job_days: JobDaysTable;
  job_listings: JobListingsTable;
  job_tables: JobTablesTable;
  tokens: TokensTable;
  audit_log: AuditLogTable;
  sample_changes: SampleChangesTable;
  spaces: SpacesTable;
  entries: EntriesTable;
  saves: SavesTable;
  conflicts: ConflictsTable;
  space_commits: SpaceCommitsTable;
  entry_versions: EntryVersionsTable;
  sync_logs: SyncLogsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  operations: OperationsTable;
  operation_items: OperationItemsTable;
}
