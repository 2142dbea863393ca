import { contentOf, perPage, requireDone } from '../answers.ts';
import type { OpenedRepository } from '../review-api.ts';
import type { ReviewHost } from '../types.ts';
import { answered, type Gitlab } from './calls.ts';
import {
  approvals,
  mergeRequest,
  mergeRequests,
  pullRequestOf,
  reviewers,
  type GitlabApprovals,
} from './merge-request.ts';

/** Its name in messages. */
export const name = 'GitLab';

/** The part of GitLab's API that reads. */
export function readsOf(
  { path, page }: OpenedRepository,
  gitlab: Gitlab,
): Pick<ReviewHost, 'find' | 'read'> & {
  readApprovals: (number: number) => Promise<GitlabApprovals>;
} {
  const project = path.join('/');

  async function read(number: number): ReturnType<ReviewHost['read']> {
    const answer = await answered(gitlab.mergeRequests.show(project, number));
    if (answer.status === 404) return null;
    const said = contentOf(mergeRequest, answer, { name, for: `for merge request ${number}` });
    return pullRequestOf(said, {
      page,
      approvals: await readApprovals(number),
      reviewers: await readReviewers(number),
      sourceExists:
        said.source_project_id === said.target_project_id && (await hasBranch(said.source_branch)),
    });
  }

  async function readApprovals(number: number) {
    const answer = await answered(
      gitlab.approvals.showConfiguration(project, { mergerequestIId: number }),
    );
    return contentOf(approvals, answer, { name, for: `for the approvals of ${number}` });
  }

  async function readReviewers(number: number) {
    const answer = await answered(gitlab.mergeRequests.showReviewers(project, number));
    return contentOf(reviewers, answer, { name, for: `for the reviewers of ${number}` });
  }

  async function hasBranch(branch: string): Promise<boolean> {
    const answer = await answered(gitlab.branches.show(project, branch));
    if (answer.status === 404) return false;
    requireDone(answer, { name, for: `for branch ${branch}` });
    return true;
  }

  return {
    read,
    readApprovals,
    async find(source, target) {
      const answer = await answered(
        gitlab.mergeRequests.all({
          ...{ projectId: project, sourceBranch: source, targetBranch: target },
          ...{ orderBy: 'created_at', sort: 'desc', perPage },
        }),
      );
      const asked = { name, for: `for merge requests of branch ${source}` };
      const found = contentOf(mergeRequests, answer, asked).filter(
        (one) =>
          one.source_branch === source &&
          one.target_branch === target &&
          one.source_project_id === one.target_project_id,
      );
      const one = found.find(({ state }) => state === 'opened' || state === 'locked') ?? found[0];
      return one === undefined ? null : read(one.iid);
    },
  };
}
