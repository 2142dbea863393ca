/** The operations that we use, of all that GitHub has. */
export const usedOperations = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals',
  'GET /user',
  'GET /repos/{owner}/{repo}/issues/{issue_number}',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/statuses/{sha}',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
];

/** The examples in the description that answers are made from. */
export const usedExamples = [
  'full-repository-default-response',
  'git-ref',
  'issue',
  'issue-comment',
  'private-user-response-with-public-and-private-profile-information',
  'pull-request',
  'pull-request-review',
  'pull-request-simple-items',
  'simple-user',
  'status',
];
