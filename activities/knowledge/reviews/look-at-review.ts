import { endReview, noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { listApprovals } from '../../../db/knowledge/reviews/review-approvals.ts';
import { findReview } from '../../../db/knowledge/reviews/reviews.ts';
import type { PullRequest, ReviewHost } from '../../../hosts/reviews/types.ts';
import { judgeReview } from '../../../knowledge/review/judge-review.ts';
import { oneLine } from '../../../model/text/outside-text.ts';
import { acceptReview } from './accept-review.ts';
import { finishReview } from './finish-review.ts';
import {
  lookIn,
  nextLook,
  standstill,
  type FollowedReview,
  type LookResult,
} from './followed-review.ts';
import { mergeReview } from './merge-review.ts';
import { presentNeeds } from './present-needs.ts';
import { readReviewedBranch } from './read-reviewed-branch.ts';
import { tellHost } from './tell-host.ts';
import { tidyUp } from './tidy-up.ts';

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
    await noteReview(deps.db, review, { state: 'merging', mergeCommit: seen.mergeCommit });
    return finishReview({
      ...followed,
      review: { ...review, state: 'merging', mergeCommit: seen.mergeCommit },
    });
  }
  if (seen.state === 'closed')
    return close(followed, `Closed at ${host.name}${byOf(seen)} without being merged.`);
  if (review.closeWantedBy !== null) {
    await host.close(number);
    const result = await close(followed, `Closed by ${review.closeWantedBy}.`);
    await tidyUp(followed);
    return result;
  }
  if (!seen.source.exists) {
    await host.close(number);
    return close(followed, 'Its branch was deleted.');
  }
  if (seen.target !== row.repositoryBranch) {
    const message = `The pull request is for the branch ${oneLine(seen.target)} now, and this space is ${row.repositoryBranch}. Change that back at ${host.name}, or close it.`;
    const target = { code: 'target_changed', message };
    await noteReview(deps.db, review, standstill(review, target, lookIn.usually));
    return 'nothing';
  }
  return goOn(followed, seen.source.sha, seen);
}

/** Without pull requests: the branch alone. */
async function lookHere(followed: FollowedReview): Promise<LookResult> {
  const { deps, remote, review, execution } = followed;
  if (review.closeWantedBy !== null) {
    const result = await close(followed, `Closed by ${review.closeWantedBy}.`);
    // Whatever its pull request says, if the host has one that cannot be asked for now.
    if (review.pullRequest === null) await tidyUp(followed);
    return result;
  }
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
  const read = (await findReview(deps.db, row.id, followed.review.number)) ?? followed.review;
  const present = await presentNeeds(deps.db, row, read);
  // As it was when this look began: what asked for one since is not forgotten.
  const review = { ...read, needs: present.needs, woken: followed.review.woken };
  const now = { ...followed, review };
  const approvals = await listApprovals(deps.db, review.id);
  const judged = judgeReview(review, approvals);
  const untold =
    seen === null || now.host === null
      ? null
      : await tellHost(now, { host: now.host, seen, approvals, judged });
  const isWanted = review.mergeWantedBy !== null || review.needs.length > 0;
  if (present.outside !== null) {
    await noteReview(deps.db, review, standstill(review, present.outside, lookIn.usually));
    return 'nothing';
  }
  if (head === null || !judged.satisfied || !isWanted) {
    const lastNews = approvals.at(-1)?.at ?? review.createdAt;
    const failure = untold && standstill(review, untold, 0).failure;
    await noteReview(deps.db, review, { failure, lookIn: nextLook(lastNews) });
    return 'nothing';
  }
  const reviewers = judged.counting.map(({ person }) => person);
  return seen === null
    ? acceptReview(now)
    : mergeReview(now, { number: seen.number, head, reviewers });
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
