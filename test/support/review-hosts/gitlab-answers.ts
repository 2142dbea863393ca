import { hasConflict } from './merge-by.ts';
import type { Account, Pull } from './pull.ts';
import type { Pulls } from './pulls.ts';

/** The number of the repository. */
export const project = 7;

/** What GitLab says of an account. */
export function userOf({ login, name }: Account): object {
  return { id: login.length, username: login, name, state: 'active', locked: false };
}

/** What GitLab says of merge requests and their approvals. */
export function gitlabAnswers(
  pulls: Pulls,
  fullName: string,
): {
  requestOf: (pull: Pull) => Promise<object>;
  approvalsOf: (pull: Pull, by: Account) => object;
} {
  async function requestOf(pull: Pull): Promise<object> {
    const { merged } = pull;
    const isMerged = merged?.way === 'merge';
    return {
      ...{ id: 4_000 + pull.number, iid: pull.number, project_id: project },
      ...{ title: pull.title, description: pull.description, author: userOf(pull.author) },
      state: pull.state === 'open' ? 'opened' : pull.state,
      ...{ source_branch: pull.source, target_branch: pull.target },
      ...{ source_project_id: pull.fromFork ? 8 : project, target_project_id: project },
      merge_user: merged && userOf(merged.by),
      merged_at: merged?.at ?? null,
      closed_by: pull.closedBy && userOf(pull.closedBy),
      sha: merged?.way === 'rebase' || merged?.way === 'fast-forward' ? merged.commit : pull.head,
      merge_commit_sha: isMerged ? merged.commit : null,
      squash_commit_sha: merged?.way === 'squash' ? merged.commit : null,
      detailed_merge_status: await statusOf(pull),
      web_url: `https://elsewhere.example/${fullName}/-/merge_requests/${pull.number}`,
    };
  }

  async function statusOf(pull: Pull): Promise<string> {
    if (pull.state !== 'open') return 'not_open';
    if (await hasConflict(pulls.repository, pull)) return 'conflict';
    if (pulls.approvalsOf(pull) < pulls.rules.approvals) return 'not_approved';
    if (pulls.rules.busyMerges > 0) return 'checking';
    return pull.late > 0 ? 'approvals_syncing' : 'mergeable';
  }

  function approvalsOf(pull: Pull, by: Account): object {
    const approved = pull.reviews.filter(({ verdict }) => verdict === 'approved');
    return {
      user_has_approved: approved.some((one) => one.by.login === by.login),
      user_can_approve: by.login !== pull.author.login,
      approved: approved.length >= pulls.rules.approvals,
      approved_by: approved.map((one) => ({ user: userOf(one.by), approved_at: one.at })),
    };
  }

  return { requestOf, approvalsOf };
}
