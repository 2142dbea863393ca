import {
  noteApprovalTold,
  type ReviewApproval,
} from '../../../db/knowledge/reviews/review-approvals.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import type { JudgedReview } from '../../../knowledge/review/judge-review.ts';
import type { ReviewFailure } from '../../../model/knowledge/review.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { plain } from './describe-review.ts';
import type { FollowedReview } from './followed-review.ts';

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
  { deps, review, host }: FollowedReview,
  {
    approvals,
    judged,
  }: { approvals: readonly ReviewApproval[]; judged: JudgedReview<ReviewApproval> },
): Promise<ReviewFailure | null> {
  const { pullRequest, headSha } = review;
  if (host === null || pullRequest === null || headSha === null) return null;
  try {
    for (const { id, person, verdict, comment, toldAt } of approvals) {
      if (toldAt !== null) continue;
      const words = comment === '' ? '' : `\n\n> ${comment.split('\n').map(plain).join('\n> ')}`;
      await host.comment(pullRequest.number, `${plain(person.name)} ${verbs[verdict]}.${words}`);
      await noteApprovalTold(deps.db, id);
    }
    const description = judged.satisfied
      ? 'Everybody who must approve it has.'
      : judged.missing.join(' ');
    const told = JSON.stringify([headSha, judged.satisfied, description]);
    if (told === review.told) return null;
    await host.setStatus(headSha, {
      state: judged.satisfied ? 'success' : 'pending',
      context,
      description: cut(description, longestDescription),
      url: null,
    });
    await noteReview(deps.db, review.id, { told });
    return null;
  } catch (error) {
    // A credential that is refused everywhere is an outage.
    const isOurs = error instanceof StreamFailure && error.code === 'credential_refused';
    if (!isOurs || error.wider !== null) throw error;
    return {
      code: 'host_not_told',
      message: `${host.name} was not told what was said here: ${error.message}`,
    };
  }
}
