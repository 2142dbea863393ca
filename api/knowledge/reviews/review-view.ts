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
import {
  isDismissed,
  judgeReview,
  type SaidOfReview,
} from '../../../knowledge/review/judge-review.ts';
import { isUnderWay } from '../../../model/knowledge/review.ts';
import type { ReviewAuthor } from '../../../model/knowledge/review-rules.ts';
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

/** How many items are shown, how many of them with what changes in them, and how long that and all texts may be. */
const most = { items: 200, diffs: 25, characters: 64 * 1024, texts: 4 * 1024 * 1024 };

/** A review with what it changes, and what was said; with `path`, only that file of it, with its text. */
export async function reviewView(
  deps: ApiDeps,
  row: Review,
  reader: ReviewReader,
  { path }: { path?: string } = {},
): Promise<Static<typeof ReviewView>> {
  const approvals = await listApprovals(deps.db, row.id);
  const { satisfied, missing } = judgeReview(row, approvals);
  const all = await listReviewItems(deps.db, row.id);
  const items = path === undefined ? all : all.filter((item) => item.path === path);
  // While it goes on, the text is on its branch.
  const withTexts = path !== undefined || !isUnderWay(row.state);
  let left = most.texts;
  const shown = [];
  for (const [index, item] of items.slice(0, most.items).entries()) {
    const text = withTexts && item.text !== null && item.text.length <= left ? item.text : null;
    left -= text?.length ?? 0;
    shown.push({ ...(await shownItem(deps, item, index < most.diffs)), text });
  }
  const { description, branch, headSha: head, needs } = row;
  return {
    ...reviewItemView(row, approvals, reader),
    ...{ description, branch, head, satisfied, missing, needs },
    authors: row.authors.map((author) => authorView(author, head)),
    approvals: approvals.map(approvalView),
    items: shown,
  };
}

function authorView(author: ReviewAuthor, head: string | null) {
  const dismissed = isDismissed(author, head) ? author.dismissed : undefined;
  return {
    ...{ email: author.email, named: author.named ?? false },
    ...{ dismissedBy: dismissed?.by ?? null, dismissedWhy: dismissed?.comment ?? '' },
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
