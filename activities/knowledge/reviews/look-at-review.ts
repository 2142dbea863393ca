import { endReview, noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { listApprovals } from '../../../db/knowledge/reviews/review-approvals.ts';
import { findReview } from '../../../db/knowledge/reviews/reviews.ts';
import type { PullRequest, ReviewHost } from '../../../hosts/reviews/types.ts';
import { judgeReview } from '../../../knowledge/review/judge-review.ts';
import { oneLine } from '../../../model/text/outside-text.ts';
import { acceptReview } from './accept-review.ts';
import { finishReview } from './finish-review.ts';
import { lookIn, nextLook, type FollowedReview, type LookResult } from './followed-review.ts';
import { mergeReview } from './merge-review.ts';
import { readReviewedBranch } from './read-reviewed-branch.ts';
import { tellHost } from './tell-host.ts';

/**
 * Looks at what became of an open review: at its pull request or, without one, at its branch alone. Then merges it, if it is
 * approved and somebody wants that.
 */
export async function lookAtReview(followed: FollowedReview): Promise<LookResult> {
  const { review, host } = followed;
  return host === null || review.pullRequest === null
    ? lookHere(followed)
    : lookAtHost(followed, host, review.pullRequest.number);
}

async function lookAtHost(
  followed: FollowedReview,
  host: ReviewHost,
  number: number,
): Promise<LookResult> {
  const { deps, row, review } = followed;
  const seen = await host.read(number);
  if (seen === null) return close(followed, `${host.name} no longer has its pull request.`);
  if (seen.state === 'merged') {
    await noteReview(deps.db, review.id, { state: 'merging', mergeCommit: seen.mergeCommit });
    return finishReview({
      ...followed,
      review: { ...review, state: 'merging', mergeCommit: seen.mergeCommit },
    });
  }
  if (seen.state === 'closed')
    return close(followed, `Closed at ${host.name}${byOf(seen)} without being merged.`);
  if (review.closeWantedBy !== null) {
    await host.close(number);
    await host.deleteBranch(review.branch);
    return close(followed, `Closed by ${review.closeWantedBy}.`);
  }
  if (!seen.source.exists) {
    await host.close(number);
    return close(followed, 'Its branch was deleted.');
  }
  if (seen.target !== row.repositoryBranch) {
    const message = `The pull request is for the branch ${oneLine(seen.target)} now, and this space is ${row.repositoryBranch}. Change that back at ${host.name}, or close it.`;
    await noteReview(deps.db, review.id, {
      failure: { code: 'target_changed', message },
      lookIn: lookIn.usually,
    });
    return 'nothing';
  }
  return goOn(followed, seen.source.sha, seen);
}

/** Without pull requests: the branch alone. */
async function lookHere(followed: FollowedReview): Promise<LookResult> {
  const { deps, remote, review, execution } = followed;
  if (review.closeWantedBy !== null) return close(followed, `Closed by ${review.closeWantedBy}.`);
  const { signal, step } = execution;
  const to = { ...remote, branch: review.branch };
  const head = await deps.clones.askTip(to, { signal, onProgress: step });
  return head === null ? close(followed, 'Its branch was deleted.') : goOn(followed, head, null);
}

async function goOn(
  followed: FollowedReview,
  head: string | null,
  seen: PullRequest | null,
): Promise<LookResult> {
  const { deps, row } = followed;
  if (head !== null && head !== followed.review.readSha) await readReviewedBranch(followed, head);
  const review = (await findReview(deps.db, row.id, followed.review.number)) ?? followed.review;
  const now = { ...followed, review };
  const approvals = await listApprovals(deps.db, review.id);
  const judged = judgeReview(review, approvals);
  const untold = seen === null ? null : await tellHost(now, { approvals, judged });
  const isWanted =
    review.mergeWantedBy !== null || judged.counting.length > 0 || isApprovedAt(seen, head);
  if (head === null || !judged.satisfied || !isWanted) {
    const lastNews = approvals.at(-1)?.at ?? review.createdAt;
    await noteReview(deps.db, review.id, { failure: untold, lookIn: nextLook(lastNews) });
    return 'nothing';
  }
  const reviewers = judged.counting.map(({ person }) => person);
  return seen === null
    ? acceptReview(now)
    : mergeReview(now, { number: seen.number, head, reviewers });
}

/** Whether somebody approved what is there now at the host, and nobody there asks for changes. Its own rules judge that. */
function isApprovedAt(seen: PullRequest | null, head: string | null): boolean {
  const verdicts = (seen?.approvals ?? []).filter(
    ({ sha, verdict }) => verdict === 'changes_requested' || sha === null || sha === head,
  );
  return (
    verdicts.some(({ verdict }) => verdict === 'approved') &&
    !verdicts.some(({ verdict }) => verdict === 'changes_requested')
  );
}

async function close({ deps, review }: FollowedReview, outcome: string): Promise<LookResult> {
  await deps.db
    .transaction()
    .execute((trx) => endReview(trx, review, { state: 'closed', outcome }));
  return 'nothing';
}

function byOf({ closedBy }: PullRequest): string {
  return closedBy === null ? '' : ` by ${oneLine(closedBy.name ?? closedBy.login)}`;
}
