import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import type { Person } from '../../../model/streams/author.ts';
import { oneLine, textLines } from '../../../model/text/outside-text.ts';
import { finishReview } from './finish-review.ts';
import { lookIn, standstill, type FollowedReview, type LookResult } from './followed-review.ts';

/** What is merged, and who approved it. */
export interface MergeInput {
  number: number;
  /** The commit that was approved: nothing else is merged. */
  head: string;
  reviewers: readonly Person[];
}

/** Has the host merge a pull request. A host that is not ready is asked again in seconds. */
export async function mergeReview(
  followed: FollowedReview,
  { number, head, reviewers }: MergeInput,
): Promise<LookResult> {
  const { deps, review, host } = followed;
  if (host === null) throw new Error('There is no pull request to merge.');
  const message = [
    // Text from outside is indented, so that it can never be read as a trailer.
    textLines(review.description)
      .map((line) => `    ${line}`.trimEnd())
      .join('\n'),
    reviewers.map(({ name, email }) => `Reviewed-by: ${oneLine(name)} <${email}>`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  const result = await host.merge(number, { sha: head, title: review.title, message });
  switch (result.kind) {
    case 'merged': {
      const marks = { state: 'merging' as const, mergeCommit: result.commit };
      await noteReview(deps.db, review, { ...marks, failure: null, lookIn: lookIn.soon });
      return finishReview({ ...followed, review: { ...review, ...marks } });
    }
    case 'moved':
      await noteReview(deps.db, review, { lookIn: 0 });
      return 'nothing';
    case 'later':
    case 'refused': {
      const isSoon = result.kind === 'later';
      const why = {
        code: isSoon ? 'host_not_ready' : 'merge_refused',
        message: `${host.name} does not merge it${isSoon ? ' yet' : ''}: ${result.why}`,
      };
      const soonest = isSoon ? lookIn.soon : lookIn.usually;
      await noteReview(deps.db, review, standstill(review, why, soonest));
      return 'nothing';
    }
  }
}
