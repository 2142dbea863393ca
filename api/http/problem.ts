import type { FailureCode } from '../../model/streams/errors.ts';

/** What is wrong with a field of a request. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or into the query or path parameters as an object. */
  pointer: string;
  message: string;
}

/** The codes of the API's own problems; the code of a `StreamFailure` is used as it is. */
export type ProblemCode =
  | 'invalid_request'
  | 'malformed_json'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'token_missing'
  | 'wrong_master_key'
  | 'token_refused'
  | 'token_expired'
  | 'session_refused'
  | 'csrf_refused'
  | 'sign_in_refused'
  | 'session_not_found'
  | 'link_refused'
  | 'person_not_found'
  | 'person_managed'
  | 'person_disabled'
  | 'provider_not_found'
  | 'provider_unavailable'
  | 'logout_refused'
  | 'role_insufficient'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'project_not_found'
  | 'project_exists'
  | 'project_mismatch'
  | 'project_in_use'
  | 'project_forbidden'
  | 'branch_not_found'
  | 'mirror_not_found'
  | 'mirror_ended'
  | 'mirror_paused'
  | 'not_held'
  | 'changed_since'
  | 'settings_changed'
  | 'place_taken'
  | 'credential_not_found'
  | 'credential_exists'
  | 'credential_in_use'
  | 'token_not_found'
  | 'not_a_sample'
  | 'configuration_not_found'
  | 'space_not_found'
  | 'space_exists'
  | 'space_paused'
  | 'kinds_moved'
  | 'rules_moved'
  | 'saves_waiting'
  | 'entry_not_found'
  | 'entry_exists'
  | 'entry_invalid'
  | 'secret_found'
  | 'entry_unreadable'
  | 'includes_broken'
  | 'blocks_missing'
  | 'variant_not_found'
  | 'variant_broken'
  | 'template_broken'
  | 'values_refused'
  | 'text_too_large'
  | 'environment_not_found'
  | 'environment_broken'
  | 'nothing_before'
  | 'not_merged'
  | 'score_exists'
  | 'checks_off'
  | 'checks_needed'
  | 'check_not_found'
  | 'not_to_judge'
  | 'examples_missing'
  | 'examples_broken'
  | 'too_many_examples'
  | 'edit_refused'
  | 'kind_not_found'
  | 'base_stale'
  | 'public_repository'
  | 'version_not_found'
  | 'conflict_not_found'
  | 'conflict_moved'
  | 'operation_not_found'
  | 'draft_not_found'
  | 'draft_exists'
  | 'draft_moved'
  | 'too_many_drafts'
  | 'change_set_not_found'
  | 'change_set_refused'
  | 'review_not_found'
  | 'review_needed'
  | 'review_over'
  | 'review_moved'
  | 'too_many_reviews'
  | 'nothing_to_dismiss'
  | 'host_token_not_found'
  | 'too_many_host_tokens'
  | 'channel_not_found'
  | 'channel_exists'
  | 'channel_in_use'
  | 'too_many_channels'
  | 'person_required'
  | 'nothing_delivered'
  | 'commit_not_found'
  | 'path_not_found'
  | 'not_a_file'
  | 'file_too_large'
  | 'object_not_found'
  | 'lineage_missing'
  | 'signature_missing'
  | 'webhook_refused'
  | 'rate_limited'
  | 'timed_out'
  | 'busy'
  | 'never_verified'
  | 'temporal_unavailable'
  | 'database_unavailable'
  | 'internal_error';

/**
 * An error that the caller gets as RFC 9457 `application/problem+json`. Its message is the
 * `detail`.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: ProblemCode | FailureCode;
  readonly errors: FieldError[];
  /** Seconds after which it makes sense to try again; `null` if that is not known. */
  readonly retryAfter: number | null;
  /** Additional members of the problem that the caller needs to continue. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: ProblemCode | FailureCode,
    detail: string,
    errors: FieldError[] = [],
    retryAfter: number | null = null,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.more = more;
  }
}

/** The problem for one field of the body. */
export function fieldProblem(pointer: string, message: string): ApiProblem {
  return new ApiProblem(422, 'invalid_request', `${pointer}: ${message}`, [{ pointer, message }]);
}

/** The problem for a project that does not exist, or that the caller may not see. */
export function projectNotFound(projectId: string): ApiProblem {
  return new ApiProblem(404, 'project_not_found', `There is no project ${projectId}.`);
}

/** The problem for a mirror that does not exist. */
export function mirrorNotFound(projectId: string, branchId: string): ApiProblem {
  return new ApiProblem(
    404,
    'mirror_not_found',
    `Project ${projectId} has no mirror of branch ${branchId}. Enable it with PUT first.`,
  );
}
