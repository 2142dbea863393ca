import {
  noteApprovalTold,
  type ReviewApproval,
} from '../../../db/knowledge/reviews/review-approvals.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import type { JudgedReview } from '../../../knowledge/review/judge-review.ts';
import type { ReviewFailure } from '../../../model/knowledge/review.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { plain } from './describe-review.ts';
import { isOfReview, type FollowedReview } from './followed-review.ts';

/** The name of our status check. */
const context = 'gitward/review';

/** Hosts take no longer descriptions of a status. */
const longestDescription = 140;

const verbs: Record<ReviewApproval['verdict'], string> = {
  approved: 'approved this in Gitward',
  changes_requested: 'asks for changes in Gitward',
  withdrawn: 'took that back in Gitward',
};

/**
 * Tells the host what was said here, as comments, and whether it is enough, as a status check. A credential that may not do
 * that does not stop the review: what could not be told is returned.
 */
export async function tellHost(
  followed: FollowedReview,
  said: { approvals: readonly ReviewApproval[]; judged: JudgedReview<ReviewApproval> },
): Promise<Omit<ReviewFailure, 'since'> | null> {
  const untold = [
    await attempt(followed, () => tellWords(followed, said.approvals)),
    await attempt(followed, () => tellStatus(followed, said.judged)),
  ].filter((message) => message !== null);
  if (untold.length === 0) return null;
  return {
    code: 'host_not_told',
    message: `${followed.host?.name ?? 'The host'} was not told what was said here. ${untold.join(' ')}`,
  };
}

/** Why it could not be told; `null` if it was. */
async function attempt(
  { review }: FollowedReview,
  tell: () => Promise<void>,
): Promise<string | null> {
  if (review.pullRequest === null || review.headSha === null) return null;
  try {
    await tell();
    return null;
  } catch (error) {
    if (!isOfReview(error)) throw error;
    return error.message;
  }
}

async function tellWords(
  { deps, review, host }: FollowedReview,
  approvals: readonly ReviewApproval[],
): Promise<void> {
  for (const { id, person, verdict, comment, toldAt } of approvals) {
    if (toldAt !== null) continue;
    const words = comment === '' ? '' : `\n\n> ${comment.split('\n').map(plain).join('\n> ')}`;
    const text = `${plain(person.name)} ${verbs[verdict]}.${words}`;
    await host?.comment(review.pullRequest?.number ?? 0, text);
    await noteApprovalTold(deps.db, id);
  }
}

async function tellStatus(
  { deps, review, host }: FollowedReview,
  { satisfied, missing }: JudgedReview<ReviewApproval>,
): Promise<void> {
  const { headSha } = review;
  if (headSha === null) return;
  const description = satisfied ? 'Everybody who must approve it has.' : missing.join(' ');
  const told = JSON.stringify([headSha, satisfied, description]);
  if (told === review.told) return;
  await host?.setStatus(headSha, {
    state: satisfied ? 'success' : 'pending',
    context,
    description: cut(description, longestDescription),
    url: null,
  });
  await noteReview(deps.db, review, { told });
}
