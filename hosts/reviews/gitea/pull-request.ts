import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { lastOfEach, line, MaybeText, textOr, timeOf, userOf } from '../answers.ts';
import type { Approval, HostUser, PullRequest } from '../types.ts';

const User = Type.Object({
  login: Type.String(),
  full_name: Type.Optional(Type.String()),
  email: MaybeText,
});
const MaybeUser = Type.Optional(Type.Union([User, Type.Null()]));

const Side = Type.Object({
  /** The branch; it keeps its name when the branch is gone. */
  label: Type.String(),
  /** The branch, or `refs/pull/…/head` if it is gone. */
  ref: Type.String(),
  sha: Type.String(),
  repo_id: Type.Integer(),
});

const GiteaPullRequest = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  state: Type.Enum(['open', 'closed']),
  title: Type.String(),
  body: MaybeText,
  user: MaybeUser,
  draft: Type.Optional(Type.Boolean()),
  head: Side,
  base: Side,
  mergeable: Type.Boolean(),
  merged: Type.Boolean(),
  merged_at: MaybeText,
  merged_by: MaybeUser,
  merge_commit_sha: MaybeText,
});

/** https://docs.gitea.com/api/#tag/repository/operation/repoGetPullRequest. */
export const pullRequest = Compile(GiteaPullRequest);

/** https://docs.gitea.com/api/#tag/repository/operation/repoListPullRequests. */
export const pullRequests = Compile(Type.Array(GiteaPullRequest));

/** https://docs.gitea.com/api/#tag/user/operation/userGetCurrent. */
export const user = Compile(User);

const Review = Type.Object({
  id: Type.Integer(),
  // `null` for the review of a team that is only asked for.
  user: Type.Union([User, Type.Null()]),
  state: Type.String(),
  dismissed: Type.Optional(Type.Boolean()),
  commit_id: MaybeText,
  submitted_at: MaybeText,
});

/** A review, or a request for one. */
export type GiteaReview = Static<typeof Review>;

/** https://docs.gitea.com/api/#tag/repository/operation/repoListPullReviews. */
export const reviews = Compile(Type.Array(Review));

const verdicts: Readonly<Record<string, Approval['verdict']>> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes_requested',
};

/** A pull request as we know it, from what Gitea answers. Who closed it is not in its API. */
export function pullRequestOf(
  said: Static<typeof GiteaPullRequest>,
  besides: { page: string; reviews: readonly GiteaReview[] },
): PullRequest {
  const isOpen = said.state === 'open';
  return {
    number: said.number,
    url: `${besides.page}/pulls/${said.number}`,
    state: said.merged ? 'merged' : said.state,
    title: line(said.title),
    description: said.body ?? '',
    author: giteaUser(said.user),
    source: {
      branch: said.head.label,
      sha: textOr(said.head.sha),
      exists: said.head.ref === said.head.label,
    },
    target: said.base.ref,
    mergeCommit: said.merged ? textOr(said.merge_commit_sha) : null,
    mergedBy: giteaUser(said.merged_by),
    mergedAt: timeOf(said.merged_at),
    closedBy: null,
    approvals: lastOfEach(besides.reviews.flatMap(approvalOf)),
    // It answers with `false` both for conflicts, and while it has not found out whether there are any.
    mergeable: isOpen && said.mergeable ? 'yes' : 'unknown',
    blockedBy: isOpen ? blockedBy(said) : null,
  };
}

function blockedBy({ draft, mergeable }: Static<typeof GiteaPullRequest>): string | null {
  if (draft === true) return 'It is a draft.';
  return mergeable ? null : 'It conflicts with the target branch, or Gitea is still checking.';
}

function approvalOf(review: GiteaReview): Approval[] {
  const user = giteaUser(review.user);
  const verdict = Object.hasOwn(verdicts, review.state) ? verdicts[review.state] : undefined;
  if (user === null || verdict === undefined) return [];
  return [
    {
      user,
      at: timeOf(review.submitted_at),
      sha: textOr(review.commit_id),
      verdict: review.dismissed === true ? 'dismissed' : verdict,
    },
  ];
}

/** A user from what Gitea says; `null` for nobody. */
export function giteaUser(user: Static<typeof User> | null | undefined): HostUser | null {
  return userOf(
    user == null ? null : { login: user.login, name: user.full_name, email: user.email },
  );
}
