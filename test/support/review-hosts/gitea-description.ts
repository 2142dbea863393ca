import { Description } from './description.ts';
import { operation } from './operation.ts';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const whole = { type: 'integer' };
const maybeText = { type: ['string', 'null'] };
const user = { type: 'object', required: ['id', 'login', 'full_name', 'email'] };
const side = {
  type: 'object',
  required: ['label', 'ref', 'sha', 'repo_id', 'repo'],
  properties: { label: text, ref: text, sha: text, repo_id: whole },
};

const pullRequest = {
  type: 'object',
  required: ['id', 'number', 'title', 'state', 'head', 'base', 'mergeable', 'merged', 'user'],
  properties: {
    ...{ id: whole, number: whole, title: text, body: text, draft: flag, user },
    state: { enum: ['open', 'closed'] },
    ...{ head: side, base: side, mergeable: flag, merged: flag, merged_at: maybeText },
    merged_by: { anyOf: [user, { type: 'null' }] },
    merge_commit_sha: maybeText,
    html_url: text,
  },
};

const review = {
  type: 'object',
  required: ['id', 'user', 'state', 'commit_id', 'submitted_at', 'dismissed', 'stale', 'official'],
  properties: {
    state: { enum: ['APPROVED', 'PENDING', 'COMMENT', 'REQUEST_CHANGES', 'REQUEST_REVIEW', ''] },
  },
};

const repository = '/repos/{owner}/{repo}';
const one = `${repository}/pulls/{index}`;
const paging = { page: whole, limit: whole };

/**
 * The part of Gitea's and Forgejo's API that we use, by the names of their own description (`/swagger.v1.json` of each Gitea):
 * `CreatePullRequestOption`, `EditPullRequestOption`, `MergePullRequestForm`, `CreatePullReviewOptions`, `CreateStatusOption`.
 */
export const giteaDescription = new Description([
  operation(`GET ${repository}`, {
    answers: { 200: { required: ['id', 'full_name', 'internal'] } },
  }),
  operation(`GET ${repository}/pulls`, {
    query: { state: { enum: ['open', 'closed', 'all'] }, sort: text, ...paging },
    answers: { 200: { type: 'array', items: pullRequest } },
  }),
  operation(`POST ${repository}/pulls`, {
    body: { 'head!': text, 'base!': text, 'title!': text, body: text, assignee: text },
    answers: { 201: pullRequest },
  }),
  operation(`GET ${one}`, { answers: { 200: pullRequest } }),
  operation(`PATCH ${one}`, {
    body: { title: text, body: text, base: text, state: { enum: ['open', 'closed'] } },
    answers: { 201: pullRequest },
  }),
  operation(`POST ${one}/merge`, {
    body: {
      'Do!': {
        enum: ['merge', 'rebase', 'rebase-merge', 'squash', 'fast-forward-only', 'manually-merged'],
      },
      ...{ MergeTitleField: text, MergeMessageField: text, MergeCommitID: text },
      ...{ head_commit_id: text, force_merge: flag, delete_branch_after_merge: flag },
      merge_when_checks_succeed: flag,
    },
    answers: {},
  }),
  operation(`GET ${one}/reviews`, {
    query: paging,
    answers: { 200: { type: 'array', items: review } },
  }),
  operation(`POST ${one}/reviews`, {
    body: {
      event: { enum: ['APPROVED', 'PENDING', 'COMMENT', 'REQUEST_CHANGES'] },
      ...{ body: text, commit_id: text, comments: { type: 'array' } },
    },
    answers: { 200: review },
  }),
  operation(`DELETE ${one}/reviews/{id}`, { answers: {} }),
  operation('GET /user', { answers: { 200: user } }),
  operation(`POST ${repository}/issues/{index}/comments`, {
    body: { 'body!': text },
    answers: { 201: { required: ['id', 'body', 'user'] } },
  }),
  operation(`POST ${repository}/statuses/{sha}`, {
    body: {
      state: { enum: ['pending', 'success', 'error', 'failure', 'warning'] },
      ...{ context: text, description: text, target_url: text },
    },
    answers: { 201: { required: ['id', 'status', 'context'] } },
  }),
  operation(`DELETE ${repository}/branches/{branch+}`, { answers: {} }),
]);
