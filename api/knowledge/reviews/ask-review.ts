import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../../db/connect.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import {
  countReviews,
  findSameReview,
  insertReview,
  kindsIn,
  type Review,
  type ReviewItem,
} from '../../../db/knowledge/reviews/reviews.ts';
import { lockSpace } from '../../../db/knowledge/spaces.ts';
import { judgeSave, type AcceptedSave, type NewSave } from '../../../db/knowledge/saves.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import type { ReviewNeed } from '../../../model/knowledge/review-rules.ts';
import { usualMostReviews } from '../../../model/knowledge/space.ts';
import { textLines } from '../../../model/text/outside-text.ts';
import { writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import { ApiProblem } from '../../http/problem.ts';
import { personOf, type SpaceAccess } from '../spaces/space-access.ts';
import type { AskedSave } from '../entries/asked-save.ts';
import { roleFor } from './role-for.ts';

/** A change that has to be reviewed. */
export interface NeededReview {
  needs: ReviewNeed[];
  items: ReviewItem[];
}

/**
 * What the rules in force ask of saves that are made together; `null` if nobody has to approve them. On a protected branch
 * everything is reviewed, at the host at least.
 */
export async function neededReview(
  trx: Trx,
  request: FastifyRequest,
  access: SpaceAccess,
  saves: readonly AskedSave[],
): Promise<NeededReview | null> {
  // The rules and the entries as they are when the saves are accepted: nothing changes while the space is locked.
  const row = await lockSpace(trx, access.row.id);
  if (row === null) return null;
  const items: ReviewItem[] = [];
  for (const save of saves) items.push(await itemOf(trx, row.id, save));
  const author = {
    email: personOf(callerOf(request)).email,
    role: roleFor(access, kindsIn(items)),
  };
  const needs = neededFor(row, items, [author]);
  return needs && { needs, items };
}

async function itemOf(
  trx: Trx,
  spaceId: string,
  { id, kind, path, action, moveTo, content }: AskedSave,
): Promise<ReviewItem> {
  const entry = await findEntry(trx, spaceId, id);
  return {
    ...{ entryId: id, kind: kind.name, path, action, moveTo: moveTo ?? null },
    title: content?.title ?? entry?.title ?? '',
    baseText: entry?.headText ?? null,
    text: content?.text ?? null,
  };
}

/** The result of {@link askReview}: the review, or why the first of its saves could not have been accepted. */
export type AskedReview =
  | { kind: 'in_review'; review: Review }
  | { kind: 'refused'; index: number; refusal: Exclude<AcceptedSave, { kind: 'accepted' }> };

/**
 * Stores saves as a review, inside the caller's transaction, if each could be accepted as it is: what it was made on is
 * the head, and its path is free.
 */
export async function askReview(
  trx: Trx,
  request: FastifyRequest,
  saves: readonly NewSave[],
  { needs, items }: NeededReview,
  access: SpaceAccess,
): Promise<AskedReview> {
  for (const [index, save] of saves.entries()) {
    const judged = await judgeSave(trx, save);
    if (judged.kind !== 'acceptable') return { kind: 'refused', index, refusal: judged };
  }
  const caller = callerOf(request);
  const author = personOf(caller);
  const same = await findSameReview(trx, { spaceId: access.row.id, by: caller, items });
  if (same !== null) return { kind: 'in_review', review: same };
  const spaceId = access.row.id;
  await requireRoom(trx, access.row);
  const review = await insertReview(trx, {
    spaceId,
    ...wordsOf(saves, items),
    author,
    authors: [{ email: author.email, role: roleFor(access, kindsIn(items)) }],
    by: caller,
    needs,
    items,
  });
  await writeAudit(trx, request, {
    action: 'review.ask',
    target: `space/${spaceId}`,
    detail: { review: review.number, entries: items.map(({ entryId }) => entryId) },
  });
  return { kind: 'in_review', review };
}

/** Throws 409 `too_many_reviews` if the space has as many reviews that go on as it may have. */
async function requireRoom(trx: Trx, { id, rules }: SpaceAccess['row']): Promise<void> {
  const most = rules.mostReviews ?? usualMostReviews;
  const { openReviews } = await countReviews(trx, id);
  if (openReviews < most) return;
  throw new ApiProblem(
    409,
    'too_many_reviews',
    `This change needs a review, and ${openReviews} go on in space ${id}, of at most ${most}. Have some of them merged or closed (gitward knowledge reviews ${id}), or ask an admin to raise the limit (gitward knowledge spaces set ${id} --most-reviews).`,
  );
}

/** What somebody wrote, or else what is done to the entry. */
function wordsOf(
  saves: readonly NewSave[],
  items: readonly ReviewItem[],
): { title: string; description: string } {
  const [title = '', ...rest] = textLines(saves[0]?.message ?? '');
  if (title.trim() !== '') return { title, description: rest.join('\n').trim() };
  const [item] = items;
  const name = item === undefined ? '' : item.title || item.entryId;
  const verb = { create: 'Add', delete: 'Remove', move: 'Move', restore: 'Restore' };
  const done =
    item === undefined || !Object.hasOwn(verb, item.action)
      ? 'Change'
      : verb[item.action as keyof typeof verb];
  return { title: `${done} ${item?.kind ?? ''} "${name}"`, description: '' };
}
