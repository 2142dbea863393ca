import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import { reviewBranch } from '../../../model/knowledge/review.ts';
import type { ReviewAuthor, ReviewNeed } from '../../../model/knowledge/review-rules.ts';
import type { Person } from '../../../model/streams/author.ts';
import type { Db, Trx } from '../../connect.ts';
import type { ReviewItemsTable, ReviewsTable } from '../../schema/reviews.ts';
import { jsonb, storableText, storableTitle } from '../../storable.ts';
import { markEntriesInReview } from './entries-in-review.ts';

/** A stored review. */
export type Review = Selectable<ReviewsTable>;

/** What a review changes in one file. */
export type ReviewItem = Omit<Selectable<ReviewItemsTable>, 'reviewId' | 'ordinal'>;

/** A change to review. */
export interface NewReview {
  spaceId: string;
  title: string;
  description: string;
  author: Person;
  authors: readonly ReviewAuthor[];
  by: Actor;
  needs: readonly ReviewNeed[];
  items: readonly ReviewItem[];
}

/**
 * Creates a review, inside the caller's transaction, which holds the space's row. Once that is committed, its branch and
 * its pull request will be there sooner or later, whatever fails.
 */
export async function insertReview(trx: Trx, review: NewReview): Promise<Review> {
  const { spaceId, title, description, author, authors, by, needs, items } = review;
  const { lastReview: number } = await trx
    .updateTable('spaces')
    .set({ lastReview: sql<number>`last_review + 1` })
    .where('id', '=', spaceId)
    .returning('lastReview')
    .executeTakeFirstOrThrow();
  const id = randomUUID();
  const row = await trx
    .insertInto('reviews')
    .values({
      id,
      spaceId,
      number,
      title: storableTitle(title),
      description: storableText(description),
      author: jsonb(author),
      authors: jsonb(authors),
      tokenId: by.tokenId,
      personId: by.personId,
      needs: jsonb(needs),
      kinds: kindsIn(items),
      // Where nobody here has to approve it, its author wants what a save is: the host decides.
      mergeWantedBy: needs.length === 0 ? author.name : null,
      branch: reviewBranch(spaceId, number, id.slice(0, 8)),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await putReviewItems(trx, id, items);
  await markEntriesInReview(trx, spaceId);
  return row;
}

/** The kinds of what is changed, each once; `''` for files that are no entries. */
export function kindsIn(items: readonly Pick<ReviewItem, 'kind'>[]): string[] {
  return [...new Set(items.map(({ kind }) => kind ?? ''))];
}

/** Replaces what a review changes. */
export async function putReviewItems(
  trx: Trx,
  reviewId: string,
  items: readonly ReviewItem[],
): Promise<void> {
  await trx.deleteFrom('reviewItems').where('reviewId', '=', reviewId).execute();
  if (items.length === 0) return;
  await trx
    .insertInto('reviewItems')
    .values(
      items.map(({ title, ...item }, ordinal) => ({
        ...item,
        title: storableTitle(title),
        reviewId,
        ordinal,
      })),
    )
    .execute();
}

/** Lists what a review changes, in order. */
export async function listReviewItems(db: Db, reviewId: string): Promise<ReviewItem[]> {
  return db
    .selectFrom('reviewItems')
    .select(['entryId', 'kind', 'path', 'action', 'moveTo', 'title', 'baseText', 'text'])
    .where('reviewId', '=', reviewId)
    .orderBy('ordinal')
    .execute();
}

/** Finds a review of a space by its number; `null` if there is none. */
export async function findReview(db: Db, spaceId: string, number: number): Promise<Review | null> {
  const row = await db
    .selectFrom('reviews')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Finds the review that goes on and that the same token or person asked for with the very same change, so that a repeated
 * request finds what it made; `null` if there is none.
 */
export async function findSameReview(
  trx: Trx,
  { spaceId, by, items }: Pick<NewReview, 'spaceId' | 'by' | 'items'>,
): Promise<Review | null> {
  const candidates = await trx
    .selectFrom('reviews')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null)
    .where('tokenId', 'is not distinct from', by.tokenId)
    .where('personId', 'is not distinct from', by.personId)
    .where(
      sql<boolean>`EXISTS (SELECT FROM review_items i WHERE i.review_id = reviews.id AND i.entry_id = ${items[0]?.entryId ?? ''})`,
    )
    .execute();
  for (const review of candidates) {
    const there = await listReviewItems(trx, review.id);
    const isSame = ({ entryId, action, moveTo, baseText, text }: ReviewItem, index: number) => {
      const other = there[index];
      return (
        other?.entryId === entryId &&
        other.action === action &&
        other.moveTo === moveTo &&
        other.baseText === baseText &&
        other.text === text
      );
    };
    if (there.length === items.length && items.every(isSame)) return review;
  }
  return null;
}

/** Finds a review by its id; `null` if there is none. */
export async function findReviewById(db: Db, id: string): Promise<Review | null> {
  const row = await db.selectFrom('reviews').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Locks a review until the transaction ends. */
export async function lockReview(trx: Trx, id: string): Promise<Review> {
  return trx
    .selectFrom('reviews')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Which reviews to list. */
export interface ReviewsPage {
  spaceId: string;
  /** `null`: all. */
  state: 'under_way' | 'ended' | null;
  /** Only reviews that are wholly about these kinds; `null`: all. */
  kinds: readonly string[] | null;
  /** Only those that change this entry. */
  entryId?: string;
  /** The number of the last review of the previous page; `null` for the first page. */
  after: number | null;
  limit: number;
}

/** Lists reviews, newest first. */
export async function listReviews(
  db: Db,
  { spaceId, state, kinds, entryId, after, limit }: ReviewsPage,
): Promise<Review[]> {
  let query = db
    .selectFrom('reviews')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .orderBy('number', 'desc')
    .limit(limit);
  if (state !== null) query = query.where('endedAt', state === 'ended' ? 'is not' : 'is', null);
  if (after !== null) query = query.where('number', '<', after);
  if (kinds !== null)
    query = query.where(sql<boolean>`kinds <@ ${kinds}::text[] AND kinds <> '{}'`);
  if (entryId !== undefined)
    query = query.where(
      sql<boolean>`EXISTS (SELECT FROM review_items i WHERE i.review_id = reviews.id AND i.entry_id = ${entryId})`,
    );
  return query.execute();
}

/** Lists the reviews of a space that go on, oldest first, each with whether it is due. */
export async function listReviewsUnderWay(
  db: Db,
  spaceId: string,
): Promise<(Review & { isDue: boolean })[]> {
  return db
    .selectFrom('reviews')
    .selectAll()
    .select(sql<boolean>`look_at <= now()`.as('isDue'))
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null)
    .orderBy('number')
    .execute();
}

/** How many reviews of a space go on, and in how many milliseconds the next is due; `null` if none goes on. */
export async function countReviews(
  db: Db,
  spaceId: string,
): Promise<{ openReviews: number; dueIn: number | null }> {
  const { openReviews, dueIn } = await db
    .selectFrom('reviews')
    .select(({ fn }) => fn.countAll<number>().as('openReviews'))
    .select(
      sql<number | null>`ceil(extract(epoch FROM min(look_at) - now()) * 1000)::float8`.as('dueIn'),
    )
    .where('spaceId', '=', spaceId)
    .where('endedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return { openReviews, dueIn: dueIn === null ? null : Math.max(dueIn, 0) };
}
