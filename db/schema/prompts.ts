import type { ColumnType } from 'kysely';
import type { CheckedExample, CheckSource, CheckVerdict } from '../../model/knowledge/check.ts';
import type { Person } from '../../model/streams/author.ts';
import type { CreatedAt, Jsonb, NullableTimestamp, Timestamp } from './columns.ts';

/** How well a version of a prompt did, as somebody who uses it says. Rows never change. */
export interface PromptScoresTable {
  spaceId: string;
  promptId: string;
  /** Chosen by whoever posts it, so that posting it again does nothing. */
  id: string;
  /** What was judged, such as `helpful`. */
  name: string;
  /** Either a number or a label. */
  value: number | null;
  label: string | null;
  comment: string | null;
  /** The version that was judged. */
  blobId: string;
  /** The commit that was named, or that last changed that version; `null` if it was not in Git. */
  commitSha: string | null;
  environment: string | null;
  arm: string | null;
  key: string | null;
  /** Who judged. */
  byName: string;
  at: Timestamp;
  createdAt: CreatedAt;
}

/** Runs of a prompt's examples as checks. Each is an operation, with the same id. */
export interface PromptChecksTable {
  id: string;
  spaceId: string;
  promptId: string;
  /** The digest of everything that the text is made of, see `promptVersion`. */
  version: string;
  blobId: string;
  /** The last commit that changed the prompt; `null` if it was not in Git yet. */
  commitSha: string | null;
  /** The blocks and includes that the text is made of. */
  sources: Jsonb<CheckSource[]>;
  environment: string | null;
  /** `null`: all of its variants, and so all of its examples. */
  variant: string | null;
  model: string;
  origin: string;
  createdAt: CreatedAt;
}

/** The examples of a run, and what came of each. */
export interface PromptCheckResultsTable {
  checkId: string;
  /** As that of the operation's item. */
  ordinal: number;
  name: string;
  variant: string | null;
  example: Jsonb<CheckedExample>;
  /** `null` while it waits, and if the run was cancelled before. */
  verdict: CheckVerdict | null;
  reason: string | null;
  answer: string | null;
  at: NullableTimestamp;
  /** The person who said whether the answer is as expected. */
  judgedBy: ColumnType<Person | null, string | null | undefined, string | null>;
  judgedNote: string | null;
  judgedAt: NullableTimestamp;
}
