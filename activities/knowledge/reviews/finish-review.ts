import { endReview, noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { listReviewItems } from '../../../db/knowledge/reviews/reviews.ts';
import { countSavesOfReview } from '../../../db/knowledge/reviews/review-saves.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { lookIn, standstill, type FollowedReview, type LookResult } from './followed-review.ts';
import { tidyUp } from './tidy-up.ts';

/**
 * Ends a review whose change is on the space's branch: its saves were delivered, or the commit that the host names is in
 * the branch, or the branch has the very files (a squash or a rebase makes commits that nobody announced). What a commit
 * says proves nothing.
 */
export async function finishReview(followed: FollowedReview): Promise<LookResult> {
  const { deps, review } = followed;
  const outcome = await outcomeOf(followed);
  if (outcome === null) {
    if (review.closeWantedBy !== null)
      return end(followed, 'closed', `Closed by ${review.closeWantedBy}.`);
    const host = review.pullRequest?.host;
    const code = host === undefined ? 'saves_waiting' : 'merge_not_seen';
    const message =
      host === undefined
        ? 'It is approved, and waits to be sent to the branch. If that takes long, see what the space says.'
        : `${host} says that it was merged, but the space's branch does not have it yet. If that stays so, the branch was rewritten since: look at the pull request, and close this review.`;
    await noteReview(deps.db, review, standstill(review, { code, message }, lookIn.soon));
    return 'sync';
  }
  const result = await end(followed, 'merged', outcome);
  await tidyUp(followed);
  return result;
}

async function end(
  { deps, review }: FollowedReview,
  state: 'merged' | 'closed',
  outcome: string,
): Promise<LookResult> {
  await deps.db.transaction().execute((trx) => endReview(trx, review, { state, outcome }));
  return 'sync';
}

/** How it ended; `null` if the branch does not have it yet. */
async function outcomeOf(followed: FollowedReview): Promise<string | null> {
  const { deps, remote, review, execution } = followed;
  if (review.pullRequest === null) {
    const { waiting, conflicts } = await countSavesOfReview(deps.db, review.id);
    if (waiting > 0) return null;
    return conflicts === 0
      ? 'Merged by Gitward.'
      : 'Merged by Gitward. Part of it clashes with what came since: see the conflicts.';
  }
  return deps.clones.withClone(
    remote,
    'fresh',
    async (clone) => {
      const tip = clone.tip;
      if (tip === null) return null;
      const { mergeCommit } = review;
      if (mergeCommit !== null && (await hasMerged(clone, mergeCommit, tip)))
        return `Merged as ${mergeCommit}.`;
      return (await hasFiles(followed, clone, tip)) ? 'Its content is on the branch.' : null;
    },
    { signal: execution.signal, onProgress: execution.step },
  );
}

async function hasMerged(clone: Clone, commit: string, tip: string): Promise<boolean> {
  return (await clone.has(commit)) && (await clone.isAncestor(commit, tip));
}

async function hasFiles(
  { deps, review }: FollowedReview,
  clone: Clone,
  tip: string,
): Promise<boolean> {
  for (const { path, moveTo, text } of await listReviewItems(deps.db, review.id)) {
    const there = await clone.blobAt(tip, moveTo ?? path);
    if (there !== (text === null ? null : textBlobId(text))) return false;
  }
  return true;
}
