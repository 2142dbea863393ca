import type { ColumnType, Generated } from 'kysely';
import type { SaveAction } from '../../model/knowledge/entry.ts';
import type {
  PullRequestLink,
  ReviewFailure,
  ReviewState,
  ToldAs,
} from '../../model/knowledge/review.ts';
import type { ReviewAuthor, ReviewNeed, Verdict } from '../../model/knowledge/review-rules.ts';
import type { Role } from '../../model/access/roles.ts';
import type { Person } from '../../model/streams/author.ts';
import type { CreatedAt, Jsonb, NullableTimestamp, Timestamp } from './columns.ts';

/** Changes that others approve before they reach the space's branch. */
export interface ReviewsTable {
  id: string;
  spaceId: string;
  /** Dense within the space. */
  number: number;
  title: string;
  description: string;
  /** Who asked for it; the author of the commit. */
  author: Jsonb<Person>;
  /** Everybody who changed something in it. */
  authors: Jsonb<ReviewAuthor[]>;
  tokenId: string | null;
  personId: string | null;
  /** What its approvals must satisfy, for what is on its branch now. */
  needs: Jsonb<ReviewNeed[]>;
  /** The kinds of everything that it has ever changed; `''` for files that are no entries. Who may not read one does not see it. */
  kinds: string[];
  state: Generated<ReviewState>;
  /** The Git branch with the change. */
  branch: string;
  /** The commit of the space's branch that the review's branch began at. */
  baseSha: string | null;
  /** The commit that an attempt was about to push, recorded before the push. */
  pushedSha: string | null;
  /** The review's branch as last seen: what approvals are for. */
  headSha: string | null;
  /** The head that the items were last read from. */
  readSha: string | null;
  pullRequest: ColumnType<PullRequestLink | null, string | null | undefined, string | null>;
  /** Who wants it merged; `null` if nobody has said so. */
  mergeWantedBy: string | null;
  closeWantedBy: string | null;
  /** The commit that it became, as the host names it. */
  mergeCommit: string | null;
  /** How it ended, in words. */
  outcome: Generated<string>;
  failure: ColumnType<ReviewFailure | null, string | null | undefined, string | null>;
  /** What the host was last told as the commit's status. */
  told: string | null;
  /** When it is to be looked at next. */
  lookAt: ColumnType<Date, Date | string | undefined, Date | string>;
  /** Counts what asked for a look, so that none is forgotten that came during one. */
  woken: Generated<number>;
  createdAt: CreatedAt;
  updatedAt: Generated<Date>;
  endedAt: NullableTimestamp;
}

/** What a review changes: one row for each file. */
export interface ReviewItemsTable {
  reviewId: string;
  ordinal: number;
  /** `''` for a file that is no entry. */
  entryId: string;
  /** `null` for a file that is no entry. */
  kind: string | null;
  /** Relative to the repository's root. */
  path: string;
  action: SaveAction;
  moveTo: string | null;
  title: string;
  /** What it was made on; `null`: nothing. */
  baseText: string | null;
  /** `null` removes the file. */
  text: string | null;
}

/** What people said about a review; the last word of each counts. What was said is never changed. */
export interface ReviewApprovalsTable {
  id: Generated<number>;
  reviewId: string;
  person: Jsonb<Person>;
  /** The person's role for everything in the review. */
  role: Role | null;
  tokenId: string | null;
  personId: string | null;
  verdict: Verdict;
  comment: string;
  /** The head that it is about; `null` before there was one. */
  headSha: string | null;
  /** Who said it for the person, whose wish for changes they dismissed; `null`: the person did. */
  dismissedBy: ColumnType<Person | null, string | null | undefined, never>;
  /** When the host was told. */
  toldAt: NullableTimestamp;
  /** How: in the person's own name, or as a comment of Gitward; `null` before that. */
  toldAs: ColumnType<ToldAs | null, ToldAs | null | undefined, ToldAs | null>;
  /** Why it was not told in the person's name; empty if it was, or nobody tried. */
  toldWhy: Generated<string>;
  at: ColumnType<Date, Timestamp | undefined, never>;
}
