import { findEntry } from '../../../db/knowledge/entries.ts';
import {
  listReviewItems,
  lockReview,
  type ReviewItem,
} from '../../../db/knowledge/reviews/reviews.ts';
import { listApprovals } from '../../../db/knowledge/reviews/review-approvals.ts';
import { lockSpace } from '../../../db/knowledge/spaces.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { acceptSave, type NewSave } from '../../../db/knowledge/saves.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { judgeReview } from '../../../knowledge/review/judge-review.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import { messageOf } from '../../../model/knowledge/review.ts';
import { lookIn, standstill, type FollowedReview, type LookResult } from './followed-review.ts';

/** It cannot be accepted now, for a reason that a person reads. */
class NotAccepted extends Error {}

/**
 * Makes an approved review saves, where there is no host to merge it: one commit of its author on the space's branch, merged
 * with what came since. All of it in one transaction, with the review's state.
 */
export async function acceptReview(followed: FollowedReview): Promise<LookResult> {
  const { deps, row, review } = followed;
  const saves: NewSave[] = [];
  try {
    for (const item of await listReviewItems(deps.db, review.id))
      saves.push(...(await savesOf(followed, item)));
    await deps.db.transaction().execute(async (trx) => {
      if ((await lockSpace(trx, row.id)) === null) return;
      const { headSha, state, closeWantedBy } = await lockReview(trx, review.id);
      if (state !== 'open' || headSha !== review.headSha || closeWantedBy !== null) return;
      // What was said since counts.
      if (!judgeReview(review, await listApprovals(trx, review.id)).satisfied) return;
      for (const save of saves) {
        const result = await acceptSave(trx, save);
        if (result.kind === 'stale') throw new NotAccepted(changed(save.path));
        if (result.kind === 'path_taken')
          throw new NotAccepted(
            `${result.path} is in the way of ${save.path}. Move that file first.`,
          );
        if (result.kind === 'no_space') throw new NotAccepted(`Space ${row.id} has ended.`);
      }
      await noteReview(trx, review, { state: 'merging', failure: null, lookIn: lookIn.soon });
    });
    return 'sync';
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error;
    const conflict = { code: 'review_conflict', message: error.message };
    await noteReview(deps.db, review, standstill(review, conflict, lookIn.usually));
    return 'nothing';
  }
}

function changed(path: string): string {
  return `Somebody changed the same in ${path} since. Change the branch of the review, or close it and save the change again.`;
}

/** The saves that one item becomes: what it changes in the file, and then where the file goes. */
async function savesOf(
  { deps, row, review }: FollowedReview,
  item: ReviewItem,
): Promise<NewSave[]> {
  const kind = kindsOf(row.kinds).find(({ name }) => name === item.kind);
  if (kind === undefined || item.entryId === '')
    throw new NotAccepted(
      `${item.path} is no entry of this space, so that Gitward does not write it. Merge the branch ${review.branch} with git.`,
    );
  const entry = await findEntry(deps.db, row.id, item.entryId);
  // The file on the branch says which entry it is, and may name any.
  const isOthers = review.headSha !== review.pushedSha;
  if (isOthers && entry !== null && entry.gitBlob !== null && entry.path !== item.path)
    throw new NotAccepted(
      `${item.path} has the id of ${entry.path}. Change the branch of the review.`,
    );
  const merged = await mergeEntries({
    kind,
    base: item.baseText,
    git: entry?.headText ?? null,
    mine: item.text,
    mergeTexts: deps.texts.merge,
  });
  if (merged.kind === 'conflict') throw new NotAccepted(changed(item.path));
  const { text } = merged;
  const read = text === null ? null : readEntry(text, kind);
  const content =
    text === null || read === null
      ? null
      : { ...read, text, blob: textBlobId(text), declaredId: read.id };
  const save: NewSave = {
    ...{ spaceId: row.id, entryId: item.entryId, kind: kind.name, path: entry?.path ?? item.path },
    action: item.action === 'move' ? 'edit' : item.action,
    base: entry?.headBlob ?? null,
    content,
    person: review.author,
    by: review,
    via: 'api',
    message: messageOf(review),
    changeSetId: review.id,
    reviewId: review.id,
  };
  if (item.moveTo === null) return [save];
  const move: NewSave = {
    ...save,
    action: 'move',
    base: content?.blob ?? null,
    moveTo: item.moveTo,
  };
  return [save, move];
}
