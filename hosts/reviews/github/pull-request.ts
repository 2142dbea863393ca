import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { lastOfEach, line, MaybeText, Sha, timeOf, userOf } from '../answers.ts';
import type { Approval, PullRequest } from '../types.ts';

const User = Type.Object({ login: Type.String(), name: MaybeText, email: MaybeText });
const MaybeUser = Type.Optional(Type.Union([User, Type.Null()]));

const Side = Type.Object({
  ref: Type.String(),
  sha: Sha,
  // `null` if the repository is gone.
  repo: Type.Union([Type.Object({ full_name: Type.String() }), Type.Null()]),
});

const Listed = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  state: Type.Enum(['open', 'closed']),
  head: Side,
  base: Side,
});

const Whole = Type.Intersect([
  Listed,
  Type.Object({
    title: Type.String(),
    body: MaybeText,
    user: MaybeUser,
    merged: Type.Boolean(),
    merged_at: MaybeText,
    merged_by: MaybeUser,
    // Of an open one, this is a commit with which GitHub only tries whether it can be merged.
    merge_commit_sha: MaybeText,
    mergeable: Type.Union([Type.Boolean(), Type.Null()]),
    mergeable_state: Type.String(),
  }),
]);

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request. */
export const pullRequest = Compile(Whole);

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests. */
export const pullRequests = Compile(Type.Array(Listed));

/** https://docs.github.com/en/rest/users/users#get-the-authenticated-user. */
export const user = Compile(User);

const Review = Type.Object({
  id: Type.Integer(),
  user: Type.Union([User, Type.Null()]),
  state: Type.String(),
  commit_id: MaybeText,
  submitted_at: MaybeText,
});

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request. */
export const reviews = Compile(Type.Array(Review));

/** https://docs.github.com/en/rest/issues/issues#get-an-issue. */
export const issue = Compile(Type.Object({ closed_by: MaybeUser }));

/** https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request. */
export const opened = Compile(Type.Object({ number: Type.Integer({ minimum: 1 }) }));

/** https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request. */
export const merged = Compile(Type.Object({ sha: Sha }));

type GithubPullRequest = Static<typeof Whole>;
type GithubReview = Static<typeof Review>;

/** What is known besides the pull request itself. */
export interface Besides {
  page: string;
  reviews: readonly GithubReview[];
  closedBy: Static<typeof MaybeUser>;
  sourceExists: boolean;
}

const verdicts: Readonly<Record<string, Approval['verdict']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
};

/** What GitHub calls the reasons why something cannot be merged (`mergeStateStatus` of its GraphQL API). */
const blocked: Readonly<Record<string, string>> = {
  blocked: 'A rule of the branch is not met, such as approvals or checks.',
  behind: 'The branch must first have what is new on the target branch.',
  dirty: 'It conflicts with the target branch.',
  draft: 'It is a draft.',
};

/** A pull request as we know it, from what GitHub answers. */
export function pullRequestOf(said: GithubPullRequest, besides: Besides): PullRequest {
  const isOpen = said.state === 'open';
  const blockedBy = isOpen ? (blocked[said.mergeable_state] ?? null) : null;
  return {
    number: said.number,
    url: `${besides.page}/pull/${said.number}`,
    state: said.merged ? 'merged' : said.state,
    title: line(said.title),
    description: said.body ?? '',
    author: userOf(said.user),
    source: { branch: said.head.ref, sha: said.head.sha, exists: besides.sourceExists },
    target: said.base.ref,
    mergeCommit: said.merged ? (said.merge_commit_sha ?? null) : null,
    mergedBy: userOf(said.merged_by),
    mergedAt: timeOf(said.merged_at),
    closedBy: userOf(besides.closedBy),
    approvals: lastOfEach(besides.reviews.flatMap(approvalOf)),
    mergeable: !isOpen || said.mergeable === null ? 'unknown' : mergeableOf(said, blockedBy),
    blockedBy,
  };
}

function mergeableOf({ mergeable }: GithubPullRequest, blockedBy: string | null): 'yes' | 'no' {
  return mergeable === true && blockedBy === null ? 'yes' : 'no';
}

/** None for a comment, and for the review of an account that is gone. */
function approvalOf(review: GithubReview): Approval[] {
  const user = userOf(review.user);
  const verdict = Object.hasOwn(verdicts, review.state) ? verdicts[review.state] : undefined;
  if (user === null || verdict === undefined) return [];
  return [{ user, at: timeOf(review.submitted_at), sha: review.commit_id ?? null, verdict }];
}
