import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { lastOfEach, line, MaybeText, textOr, timeOf, userOf } from '../answers.ts';
import type { Approval, HostUser, PullRequest } from '../types.ts';

const User = Type.Object({ username: Type.String(), name: MaybeText });
const MaybeUser = Type.Optional(Type.Union([User, Type.Null()]));

const Listed = Type.Object({
  iid: Type.Integer({ minimum: 1 }),
  // `locked` while it is being merged.
  state: Type.Enum(['opened', 'closed', 'merged', 'locked']),
  source_branch: Type.String(),
  target_branch: Type.String(),
  source_project_id: Type.Union([Type.Integer(), Type.Null()]),
  target_project_id: Type.Integer(),
});

/** https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests. */
export const mergeRequests = Compile(Type.Array(Listed));

const Whole = Type.Intersect([
  Listed,
  Type.Object({
    title: Type.String(),
    description: MaybeText,
    sha: MaybeText,
    author: User,
    merge_commit_sha: MaybeText,
    squash_commit_sha: MaybeText,
    merged_at: MaybeText,
    merge_user: MaybeUser,
    merged_by: MaybeUser,
    closed_by: MaybeUser,
    detailed_merge_status: Type.String(),
  }),
]);

/** https://docs.gitlab.com/api/merge_requests/#get-single-mr. */
export const mergeRequest = Compile(Whole);

const Approver = Type.Object({ user: User, approved_at: MaybeText });
const Approvals = Type.Object({
  approved_by: Type.Array(Approver),
  user_has_approved: Type.Optional(Type.Boolean()),
});

/** https://docs.gitlab.com/api/merge_request_approvals/#get-configuration-1. */
export const approvals = Compile(Approvals);

const Reviewer = Type.Object({ user: User, state: Type.String() });

/** https://docs.gitlab.com/api/merge_requests/#get-single-merge-request-reviewers. */
export const reviewers = Compile(Type.Array(Reviewer));

/** https://docs.gitlab.com/api/users/#get-the-current-user. */
export const currentUser = Compile(User);

type MergeRequest = Static<typeof Whole>;

/** Who approved, and whether the credential's user did. */
export type GitlabApprovals = Static<typeof Approvals>;

/** What is known besides the merge request itself. */
export interface Besides {
  page: string;
  approvals: GitlabApprovals;
  reviewers: readonly Static<typeof Reviewer>[];
  sourceExists: boolean;
}

/** Statuses with which GitLab says that it does not know yet; all others but `mergeable` are reasons against it. */
const undecided = new Set([
  'approvals_syncing',
  'checking',
  'preparing',
  'unchecked',
  'cannot_be_merged_recheck',
]);

/** A merge request as we know it, from what GitLab answers. It does not say which commit an approval was given for. */
export function pullRequestOf(said: MergeRequest, besides: Besides): PullRequest {
  const isOpen = said.state === 'opened';
  const isUndecided = !isOpen || undecided.has(said.detailed_merge_status);
  const isMergeable = said.detailed_merge_status === 'mergeable';
  return {
    number: said.iid,
    url: `${besides.page}/-/merge_requests/${said.iid}`,
    state: isOpen || said.state === 'locked' ? 'open' : stateOf(said.state),
    title: line(said.title),
    description: said.description ?? '',
    author: gitlabUser(said.author),
    source: { branch: said.source_branch, sha: textOr(said.sha), exists: besides.sourceExists },
    target: said.target_branch,
    mergeCommit: said.state === 'merged' ? mergeCommitOf(said) : null,
    mergedBy: gitlabUser(said.merge_user ?? said.merged_by),
    mergedAt: timeOf(said.merged_at),
    closedBy: said.state === 'closed' ? gitlabUser(said.closed_by) : null,
    approvals: lastOfEach([
      ...besides.reviewers.flatMap(refusalOf),
      ...besides.approvals.approved_by.flatMap(approvalOf),
    ]),
    mergeable: isUndecided ? 'unknown' : isMergeable ? 'yes' : 'no',
    blockedBy: isUndecided || isMergeable ? null : reasonOf(said),
  };
}

function stateOf(state: MergeRequest['state']): PullRequest['state'] {
  return state === 'merged' ? 'merged' : 'closed';
}

/** After a fast-forward it names no commit: the source's own is the one. */
function mergeCommitOf(said: MergeRequest): string | null {
  return textOr(said.merge_commit_sha) ?? textOr(said.squash_commit_sha) ?? textOr(said.sha);
}

/** In its own words: `not_approved`, `need_rebase`. */
function reasonOf({ detailed_merge_status: status }: MergeRequest): string {
  return `GitLab says: ${line(status).replaceAll('_', ' ')}.`;
}

function approvalOf(said: Static<typeof Approver>): Approval[] {
  const user = gitlabUser(said.user);
  return user === null
    ? []
    : [{ user, at: timeOf(said.approved_at), sha: null, verdict: 'approved' }];
}

/** Who was asked for a review and wants changes. */
function refusalOf(said: Static<typeof Reviewer>): Approval[] {
  const user = gitlabUser(said.user);
  if (user === null || said.state !== 'requested_changes') return [];
  return [{ user, at: null, sha: null, verdict: 'changes_requested' }];
}

/** A user from what GitLab says; `null` for nobody. */
export function gitlabUser(user: Static<typeof User> | null | undefined): HostUser | null {
  return userOf(user == null ? null : { login: user.username, name: user.name });
}
