import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import { mostDrafts } from '../../../model/knowledge/draft.ts';
import type { Db, Trx } from '../../connect.ts';
import type { DraftsTable } from '../../schema/knowledge.ts';
import { ownedBy, ownerColumns } from '../../access/owned.ts';

/** A stored draft. */
export type Draft = Selectable<DraftsTable>;

/** Names a draft of somebody; nobody else's is ever found. */
export interface DraftKey {
  spaceId: string;
  owner: Actor;
  id: string;
}

/** Finds a draft of its owner; `null` if there is none. */
export async function findDraft(
  db: Db,
  { spaceId, owner, id }: DraftKey,
  { lock = false }: { lock?: boolean } = {},
): Promise<Draft | null> {
  let query = db
    .selectFrom('drafts')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .where('id', '=', id);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) ?? null;
}

/** Which drafts of somebody to list. */
export interface DraftsPage {
  spaceId: string;
  owner: Actor;
  /** Only those of this change set. */
  changeSetId?: string;
  /** Only that of this entry. */
  entryId?: string;
  /** The id of the last draft of the previous page; `null` for the first page. */
  after: string | null;
  limit: number;
}

/** Lists drafts, ordered by id. */
export async function listDrafts(
  db: Db,
  { spaceId, owner, changeSetId, entryId, after, limit }: DraftsPage,
): Promise<Draft[]> {
  let query = db
    .selectFrom('drafts')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .orderBy('id')
    .limit(limit);
  if (changeSetId !== undefined) query = query.where('changeSetId', '=', changeSetId);
  if (entryId !== undefined) query = query.where('entryId', '=', entryId);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** A draft to store. */
export type NewDraft = DraftKey &
  Pick<Draft, 'entryId' | 'kind' | 'slug' | 'action' | 'base' | 'content' | 'changeSetId'> & {
    /** The revision that the caller saw last (0: there was none); `null` overwrites whatever is there. */
    seen: number | null;
  };

/** The result of {@link putDraft}. */
export type PutDraft =
  | { kind: 'stored'; row: Draft }
  /** It was written since, or (`row: null`) published or discarded. */
  | { kind: 'moved'; row: Draft | null }
  /** The owner has another draft of the entry. */
  | { kind: 'other'; id: string }
  | { kind: 'too_many' }
  /** Somebody else's draft has this id. */
  | { kind: 'id_taken' };

/** Stores a draft, inside the caller's transaction; writes nothing else than it. */
export async function putDraft(trx: Trx, { seen, ...draft }: NewDraft): Promise<PutDraft> {
  const { spaceId, owner, id, entryId } = draft;
  const before = await findDraft(trx, draft, { lock: true });
  if (seen !== null && (before?.revision ?? 0) !== seen) return { kind: 'moved', row: before };
  const other = await trx
    .selectFrom('drafts')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .where('entryId', '=', entryId)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other !== undefined) return { kind: 'other', id: other.id };
  const { kind, slug, action, base, content, changeSetId } = draft;
  const columns = { entryId, kind, slug, action, base, content, changeSetId };
  if (before !== null) {
    const row = await trx
      .updateTable('drafts')
      .set({ ...columns, revision: sql<number>`revision + 1`, updatedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { kind: 'stored', row };
  }
  if ((await countDrafts(trx, spaceId, owner)) >= mostDrafts) return { kind: 'too_many' };
  const row = await trx
    .insertInto('drafts')
    .values({ id, spaceId, ...ownerColumns(owner), ...columns })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { kind: 'stored', row };
  // Another request of the owner may have stored it, or one of the same entry, at the same moment.
  const now = await findDraft(trx, draft);
  return now === null ? { kind: 'id_taken' } : { kind: 'moved', row: now };
}

async function countDrafts(trx: Trx, spaceId: string, owner: Actor): Promise<number> {
  const { count } = await trx
    .selectFrom('drafts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .executeTakeFirstOrThrow();
  return count;
}

/** Locks drafts until the transaction ends, so that nobody writes them meanwhile; those that are there. */
export async function lockDrafts(
  trx: Trx,
  ids: readonly string[],
): Promise<Pick<Draft, 'id' | 'revision'>[]> {
  return trx
    .selectFrom('drafts')
    .select(['id', 'revision'])
    .where(sql<boolean>`id = ANY (${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Removes drafts that were published, or one that is discarded; returns how many there were. */
export async function removeDrafts(db: Db, ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('drafts')
    .where(sql<boolean>`id = ANY (${ids}::uuid[])`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
