import { Description } from './description.ts';
import { operation } from './operation.ts';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const whole = { type: 'integer' };
const maybeText = { type: ['string', 'null'] };
const user = { type: 'object', required: ['id', 'username', 'name', 'state'] };
const maybeUser = { anyOf: [user, { type: 'null' }] };

const mergeRequest = {
  type: 'object',
  required: [
    'id',
    'iid',
    'project_id',
    'title',
    'state',
    'web_url',
    'detailed_merge_status',
    'sha',
  ],
  properties: {
    id: whole,
    iid: whole,
    project_id: whole,
    title: text,
    description: maybeText,
    state: { enum: ['opened', 'closed', 'merged', 'locked'] },
    source_branch: text,
    target_branch: text,
    source_project_id: whole,
    target_project_id: whole,
    author: user,
    merge_user: maybeUser,
    closed_by: maybeUser,
    merged_at: maybeText,
    sha: maybeText,
    merge_commit_sha: maybeText,
    squash_commit_sha: maybeText,
    detailed_merge_status: text,
    web_url: text,
  },
};

const approvals = {
  type: 'object',
  required: ['user_has_approved', 'user_can_approve', 'approved', 'approved_by'],
  properties: { approved_by: { type: 'array', items: { required: ['user', 'approved_at'] } } },
};

const one = '/projects/{id}/merge_requests/{merge_request_iid}';

const branch = { type: 'object', required: ['name', 'commit', 'protected'] };

/**
 * The part of GitLab's API that we use, by its reference (https://docs.gitlab.com/api/merge_requests/, `merge_request_approvals`, `notes`,
 * `commits`, `branches`): its OpenAPI description is in no package, and leaves the answers of these open.
 */
export const gitlabDescription = new Description([
  operation('GET /projects/{id}', {
    answers: { 200: { required: ['id', 'path_with_namespace'] } },
  }),
  operation('GET /user', { answers: { 200: user } }),
  operation('GET /projects/{id}/merge_requests', {
    query: {
      ...{ source_branch: text, target_branch: text, per_page: whole, page: whole },
      state: { enum: ['opened', 'closed', 'locked', 'merged', 'all'] },
      order_by: { enum: ['created_at', 'title', 'updated_at', 'merged_at'] },
      sort: { enum: ['asc', 'desc'] },
    },
    answers: { 200: { type: 'array', items: mergeRequest } },
  }),
  operation('POST /projects/{id}/merge_requests', {
    body: {
      ...{ 'source_branch!': text, 'target_branch!': text, 'title!': text, description: text },
      ...{ remove_source_branch: flag, squash: flag },
    },
    answers: { 201: mergeRequest },
  }),
  operation(`GET ${one}`, { answers: { 200: mergeRequest } }),
  operation(`PUT ${one}`, {
    body: { title: text, description: text, state_event: { enum: ['close', 'reopen'] } },
    answers: { 200: mergeRequest },
  }),
  operation(`PUT ${one}/merge`, {
    body: {
      ...{ sha: text, squash: flag, should_remove_source_branch: flag, auto_merge: flag },
      ...{ merge_commit_message: text, squash_commit_message: text },
    },
    answers: { 200: mergeRequest },
  }),
  operation(`GET ${one}/approvals`, { answers: { 200: approvals } }),
  operation(`GET ${one}/reviewers`, {
    answers: { 200: { type: 'array', items: { required: ['user', 'state', 'created_at'] } } },
  }),
  operation(`POST ${one}/approve`, { body: { sha: text }, answers: { 201: approvals } }),
  operation(`POST ${one}/unapprove`, { answers: { 201: approvals } }),
  operation(`POST ${one}/notes`, {
    body: { 'body!': text },
    answers: { 201: { required: ['id', 'body', 'author'] } },
  }),
  operation('POST /projects/{id}/statuses/{sha}', {
    body: {
      'state!': { enum: ['pending', 'running', 'success', 'failed', 'canceled', 'skipped'] },
      ...{ name: text, context: text, ref: text, target_url: text, description: text },
    },
    answers: { 201: { required: ['id', 'sha', 'status', 'name'] } },
  }),
  operation('GET /projects/{id}/repository/branches/{branch}', { answers: { 200: branch } }),
  operation('DELETE /projects/{id}/repository/branches/{branch}', { answers: {} }),
]);
