import type { Db } from '../../../db/connect.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { listReviewItems, type Review } from '../../../db/knowledge/reviews/reviews.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import type { ReviewNeed } from '../../../model/knowledge/review-rules.ts';

/** What a review needs by the rules and entries of now. */
export interface PresentNeeds {
  needs: ReviewNeed[];
  /** Why Gitward does not merge it, whoever approves; `null` if it may. */
  outside: { code: string; message: string } | null;
}

/**
 * Judges an open review by the rules that are in force now, and by what its entries are now: an environment may have become
 * protected since it was asked for. Notes the needs if they have become others.
 */
export async function presentNeeds(db: Db, row: Space, review: Review): Promise<PresentNeeds> {
  const items = await listReviewItems(db, review.id);
  const files = [];
  for (const item of items) {
    const entry = item.entryId === '' ? null : await findEntry(db, row.id, item.entryId);
    files.push(item, ...(entry === null ? [] : [{ ...item, baseText: entry.headText }]));
  }
  const needs = neededFor(row, files, review.authors) ?? [];
  if (JSON.stringify(needs) !== JSON.stringify(review.needs))
    await noteReview(db, review, { needs });
  const beside = items.find(({ path }) => row.root !== '' && !path.startsWith(`${row.root}/`));
  return {
    needs,
    outside: beside === undefined ? null : outsideOf(row, review, beside.path),
  };
}

function outsideOf({ root }: Space, { branch }: Review, path: string): PresentNeeds['outside'] {
  return {
    code: 'outside_space',
    message: `The branch ${branch} also changes ${path}, which is outside of ${root}: nobody here can judge that. Take it back, or merge the branch at the host.`,
  };
}
