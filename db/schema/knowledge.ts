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
import type { SpaceRules, WebhookScheme } from '../../model/knowledge/space.ts';
import type { Person } from '../../model/streams/author.ts';
import type {
  Timestamp,
  NullableTimestamp,
  CreatedAt,
  BigInt_,
  Counter,
  Jsonb,
} from './columns.ts';

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
  /** Counts what readings took over: what was planned on another generation is planned anew. */
  generation: Counter;
  /** Whether a reading is being taken over in several steps: some entries are of the synced commit, some of a newer one. */
  partlyRead: Generated<boolean>;
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

/** How far a space's history is indexed in `space_commits` and `entry_versions`; they may be ahead of its entries. */
export interface SpaceHistoriesTable {
  spaceId: string;
  /** The space's root when this was indexed: below another one the history is another. */
  root: string;
  /** The commit up to which all is indexed; `null`: nothing is. */
  sha: string | null;
  /** Of the last commit that is indexed; 0: none is. */
  position: BigInt_;
  /** The latest committer date up to there. */
  effectiveAt: Timestamp;
  /** The position up to which the entries have what the commits changed. */
  takenPosition: BigInt_;
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
