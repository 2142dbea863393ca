import type { ColumnType, Generated } from 'kysely';
import type { DraftAction } from '../../model/knowledge/draft.ts';
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
import type { ConflictCause, SettledConflict } from '../../model/knowledge/conflict.ts';
import type { HeldRules, ReviewRule } from '../../model/knowledge/review-rules.ts';
import type { SpaceProblems } from '../../model/knowledge/space-problems.ts';
import type { SpaceChecks, SpaceRules, WebhookScheme } from '../../model/knowledge/space.ts';
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
  /** The model that examples of prompts are run against, without its credential; `null`: they are not. */
  checks: ColumnType<
    Omit<SpaceChecks, 'credentialId'> | null,
    string | null | undefined,
    string | null
  >;
  checksCredentialId: string | null;
  webhookScheme: WebhookScheme | null;
  /** A JSON array of one or two secrets, sealed. */
  webhookSecrets: Buffer | null;
  /**
   * The kinds that schema files in the repository add, as last read. The column is `json`, which
   * keeps the order of their fields.
   */
  kinds: ColumnType<Kind[], string | undefined, string>;
  /** What is wrong with those schema files, and with the paths of files. */
  problems: ColumnType<SpaceProblems, string | undefined, string>;
  /**
   * The digest of the schema files as last read, if they ask for something that only an admin may
   * accept; otherwise `null`.
   */
  heldKinds: string | null;
  /** The digest of the schema files that an admin accepted and that were not read since. */
  acceptedKinds: string | null;
  /** The rules of review of the file in the repository that are in force, next to those in `rules`. */
  reviewRules: ColumnType<ReviewRule[], string | undefined, string>;
  /** The rules of that file as last read, if they would weaken those in force; otherwise `null`. */
  heldRules: ColumnType<HeldRules | null, string | null | undefined, string | null>;
  /** The digest of a file that was accepted: until it is read, or other rules come into force. */
  acceptedRules: string | null;
  /** The number of the last accepted save. */
  lastSequence: Counter;
  /** When the doorbell rang for saves that no delivery has looked at yet. */
  rungAt: NullableTimestamp;
  /** The commit that `entries` matches; `null` before the first sync. */
  syncedSha: string | null;
  syncedAt: NullableTimestamp;
  /** Our last commit on the branch. */
  deliveredSha: string | null;
  deliveredAt: NullableTimestamp;
  /** The commit whose index files were last found to be right. */
  indexedSha: string | null;
  /**
   * When a person decided, after the space was held, that the branch is right as it is; valid until
   * the next sync.
   */
  approvedAt: NullableTimestamp;
  /** Whether the next sync must read every file again. */
  rereadWanted: Generated<boolean>;
  /** Counts the stored readings: a plan that was made for another generation is made again. */
  generation: Counter;
  /**
   * Whether a reading is being stored in several steps: some entries match the synced commit,
   * others a newer one.
   */
  partlyRead: Generated<boolean>;
  /** The number of the last review. */
  lastReview: Generated<number>;
  /** When the host refused a push because the branch is protected: from then on every save is reviewed. */
  protectedAt: NullableTimestamp;
  pausedAt: NullableTimestamp;
  endedAt: NullableTimestamp;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

/** Entries including their waiting saves: the head. A removed entry has no row, or no head. */
export interface EntriesTable {
  spaceId: string;
  id: string;
  kind: string;
  /** Relative to the repository's root. */
  path: string;
  /** The id in the file. It differs from `id` if the file has none, or another entry has it. */
  declaredId: string | null;
  title: string;
  fields: Jsonb<EntryFields>;
  problems: ColumnType<EntryProblem[], string | undefined, string>;
  /** Git's blob id of the head's bytes; `null` if a removal is waiting. */
  headBlob: string | null;
  /** `null` if there is no head, or it is not a text that we keep (see `problems`). */
  headText: string | null;
  /** The blob in the synced commit; `null` if the entry is not there (yet). */
  gitBlob: string | null;
  /** The text in the synced commit if it differs from the head, otherwise `null`. */
  gitText: string | null;
  /** The last commit that changed it. */
  commitSha: string | null;
  syncedAt: NullableTimestamp;
  /** Whether it has waiting saves. */
  waiting: Generated<boolean>;
  /** Whether it has an open conflict. */
  conflicted: Generated<boolean>;
  /** Whether a change of it is under review. */
  inReview: Generated<boolean>;
  /** Why its saves could not be sent, if the cause is the entry itself. */
  failure: ColumnType<
    { code: string; message: string } | null,
    string | null | undefined,
    string | null
  >;
  updatedBy: string | null;
  updatedAt: Timestamp;
  search: ColumnType<string, never, never>;
  /** Equal for paths that some file systems take for one (`pathKey` in model/text). */
  pathKey: ColumnType<string, never, never>;
}

/** What was accepted from people, to be committed. Rows are never deleted. */
export interface SavesTable {
  id: string;
  spaceId: string;
  /** Dense within the space, in the order in which saves were accepted. */
  sequence: BigInt_;
  entryId: string;
  kind: string;
  path: string;
  action: SaveAction;
  /** What the person started from; `null` for a new entry. */
  baseText: string | null;
  /** What the person saved; `null` removes the entry. */
  text: string | null;
  /** The same merged with what has come from Git since; equals `text` if nothing has. */
  currentText: string | null;
  /** Where it moves the entry's file; its texts are then those that the entry had. */
  moveTo: ColumnType<string | null, string | null | undefined, string | null>;
  person: Jsonb<Person>;
  tokenId: string | null;
  personId: string | null;
  via: Via;
  message: string | null;
  createdAt: CreatedAt;
  /** `in_review`: the branch is protected, and it goes on as a review (`review_id`). `lost`: it was delivered, and a rewritten branch no longer has its commit; it is offered again in a conflict. */
  state: 'waiting' | 'delivered' | 'unneeded' | 'conflict' | 'lost' | 'in_review';
  batchId: string | null;
  commitSha: string | null;
  deliveredAt: NullableTimestamp;
  conflictId: string | null;
  operationId: string | null;
  /** Saves that were published together, and become one commit; `null` if it was published alone. */
  changeSetId: ColumnType<string | null, string | null | undefined, string | null>;
  /** The review that it comes from, or (`in_review`) that it became. */
  reviewId: ColumnType<string | null, string | null | undefined, string | null>;
}

/** Who a draft or a change set belongs to: one of these. */
interface OwnedRow {
  tokenId: string | null;
  personId: string | null;
}

/** Changes of several entries that are published together: one commit, one review. */
export interface ChangeSetsTable extends OwnedRow {
  id: string;
  spaceId: string;
  title: string;
  description: string;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

/** What somebody writes and has not published yet; one of each owner and entry. */
export interface DraftsTable extends OwnedRow {
  id: string;
  spaceId: string;
  changeSetId: string | null;
  entryId: string;
  kind: string;
  /** The name of a new entry's file; `null` for one after its title. */
  slug: string | null;
  action: DraftAction;
  /** The head's blob that it started from; `null` for a new entry. */
  base: string | null;
  /** The file's text as it is so far, which may have any problem; `null` removes the entry. */
  content: string | null;
  /** Counts how often it was written, so that two windows do not overwrite each other. */
  revision: Generated<number>;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
}

/**
 * Saves that clash with commits, or that a rewritten branch dropped; both sides are kept, even after the conflict is
 * settled.
 */
export interface ConflictsTable {
  id: string;
  spaceId: string;
  entryId: string;
  kind: string;
  path: string;
  cause: ColumnType<ConflictCause, ConflictCause | undefined, never>;
  /**
   * The entry's head when the sides were last compared, to see whether they fit again; `''` if it had none, `null` if
   * that has not been done yet.
   */
  comparedBlob: string | null;
  /** What both sides started from; `null` means nothing. */
  baseText: string | null;
  /** Git's side when the conflict was found; `null` means removed. */
  gitText: string | null;
  gitCommit: string | null;
  gitAuthor: string | null;
  gitAt: NullableTimestamp;
  /** `null` means that the person removed the entry. */
  mineText: string | null;
  mineAuthors: Jsonb<Person[]>;
  mineAt: Timestamp;
  createdAt: CreatedAt;
  settled: ColumnType<SettledConflict | null, string | null | undefined, string | null>;
}

/** The branch's first-parent line, as far as it concerns the space. */
export interface SpaceCommitsTable {
  spaceId: string;
  /** Counted from 1 at the start of the branch. */
  position: BigInt_;
  sha: string;
  authorName: string;
  authorEmail: string;
  authoredAt: Timestamp;
  /** The latest committer date up to here, so that "as of" a date is a position. */
  effectiveAt: Timestamp;
  subject: string;
  via: Via;
}

/**
 * How far a space's history is indexed in `space_commits` and `entry_versions`, which may be ahead
 * of its entries.
 */
export interface SpaceHistoriesTable {
  spaceId: string;
  /** The space's root when this was indexed: another root has another history. */
  root: string;
  /** The commit up to which everything is indexed; `null` if nothing is. */
  sha: string | null;
  /** Position of the last indexed commit; 0 if none is. */
  position: BigInt_;
  /** The latest committer date up to that commit. */
  effectiveAt: Timestamp;
  /** The position up to which the entries include what the commits changed. */
  takenPosition: BigInt_;
}

/** Which commit changed which entry, and to which blob. */
export interface EntryVersionsTable {
  spaceId: string;
  entryId: string;
  position: BigInt_;
  kind: string;
  path: string;
  /** The path before, if that commit moved it. */
  previousPath: string | null;
  /** `null` if it was removed. */
  blobId: string | null;
}

/** What happened to entries between Gitward and Git; for people. */
export interface SyncLogsTable {
  id: Counter;
  spaceId: string;
  /** `null` for the whole space. */
  entryId: string | null;
  at: CreatedAt;
  direction: 'to_git' | 'from_git';
  /** `accepted`, `committed`, `read`, `merged`, `conflict`, `settled`, `removed`, `invalid`, `failed`. */
  outcome: string;
  commitSha: string | null;
  actor: string | null;
  message: string;
}

/** Webhook deliveries that were received. */
export interface WebhookDeliveriesTable {
  spaceId: string;
  deliveryId: string;
  receivedAt: CreatedAt;
}

/** Bulk operations and their progress. */
export interface OperationsTable {
  id: string;
  spaceId: string;
  type: OperationType;
  dryRun: boolean;
  settings: Jsonb<OperationSettings>;
  person: Jsonb<Person>;
  tokenId: string | null;
  personId: string | null;
  state: OperationState;
  total: Generated<number>;
  done: Generated<number>;
  /** The number of items with each outcome. */
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
  /** What people call it: a path or an id. */
  name: string;
  /** Where it is in an imported table, such as `line 3`; `null` if it is a file. */
  place: string | null;
  /** What is to be imported; `null` if there is nothing, or it is done. */
  content: string | null;
  /** `created`, `changed`, `unchanged`, `failed`, …; `null` while it waits. */
  outcome: string | null;
  entryId: string | null;
  message: string | null;
}
