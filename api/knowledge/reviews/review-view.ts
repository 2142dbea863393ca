import type { Static } from '@fastify/type-provider-typebox';
import {
  listApprovals,
  type ReviewApproval,
} from '../../../db/knowledge/reviews/review-approvals.ts';
import {
  listReviewItems,
  type Review,
  type ReviewItem,
} from '../../../db/knowledge/reviews/reviews.ts';
import { awaitsApproval } from '../../../knowledge/review/awaits-approval.ts';
import { judgeReview, type SaidOfReview } from '../../../knowledge/review/judge-review.ts';
import type { Caller } from '../../access/caller.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { personOf, type SpaceAccess } from '../spaces/space-access.ts';
import { roleFor } from './role-for.ts';
import type { ReviewItemView, ReviewLink, ReviewView } from './review-schema.ts';

/** Who looks at a review. */
export interface ReviewReader {
  caller: Caller;
  access: SpaceAccess;
}

/** A review as other resources name it. */
export function reviewLink({
  number,
  title,
  state,
  pullRequest,
}: Review): Static<typeof ReviewLink> {
  return { number, title, state, pullRequest };
}

/** A review as lists show it to a caller; `said` is what was said of it. */
export function reviewItemView(
  row: Review,
  said: readonly SaidOfReview[],
  { caller, access }: ReviewReader,
): Static<typeof ReviewItemView> {
  const { author, failure, outcome, createdAt, updatedAt, endedAt } = row;
  const reader = {
    person: personOf(caller),
    role: roleFor(access, row.kinds) ?? 'reader',
  } as const;
  return {
    ...reviewLink(row),
    awaitsYou:
      row.state === 'open' && caller.kind === 'person' && awaitsApproval(row, said, reader),
    ...{ author, failure, outcome },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** How many items are shown, how many of them with what changes in them, and how long that may be. */
const most = { items: 200, diffs: 25, characters: 64 * 1024 };

/** A review with what it changes, and what was said. */
export async function reviewView(
  deps: ApiDeps,
  row: Review,
  reader: ReviewReader,
): Promise<Static<typeof ReviewView>> {
  const approvals = await listApprovals(deps.db, row.id);
  const { satisfied, missing } = judgeReview(row, approvals);
  const items = (await listReviewItems(deps.db, row.id)).slice(0, most.items);
  const shown = [];
  for (const [index, item] of items.entries())
    shown.push(await shownItem(deps, item, index < most.diffs));
  const { description, branch, headSha: head, needs } = row;
  return {
    ...reviewItemView(row, approvals, reader),
    ...{ description, branch, head, satisfied, missing, needs },
    approvals: approvals.map(approvalView),
    items: shown,
  };
}

function approvalView(row: ReviewApproval): Static<typeof ReviewView>['approvals'][number] {
  const { person, verdict, comment, headSha, at, toldAt, toldAs, toldWhy, dismissedBy } = row;
  return {
    ...{ name: person.name, email: person.email, verdict, comment, head: headSha },
    at: at.toISOString(),
    ...{ toldAs: toldAt === null ? null : toldAs, toldWhy, dismissedBy },
  };
}

async function shownItem({ texts }: ApiDeps, item: ReviewItem, withDiff: boolean) {
  const { entryId: entry, kind, path, action, moveTo, title, baseText, text } = item;
  const diff = withDiff ? await texts.diff(baseText ?? '', text ?? '') : null;
  const isShown = diff !== null && diff.length <= most.characters;
  return { entry, kind, path, action, moveTo, title, diff: isShown ? diff : null };
}
