import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { entryIsOf } from './entries.ts';
import type { Person } from '../../model/streams/author.ts';
import type { SettledConflict } from '../../model/knowledge/conflict.ts';
import type { ConflictsTable } from '../schema/knowledge.ts';
import { jsonb, storableText } from '../storable.ts';

/** A stored conflict. */
export type Conflict = Selectable<ConflictsTable>;

/**
 * A save and a commit that clash, with both sides and what they started from. A text of `null`
 * means that the entry was removed.
 */
export interface NewConflict {
  spaceId: string;
  entryId: string;
  kind: string;
  path: string;
  baseText: string | null;
  git: { text: string | null; commit: string | null; author: string | null; at: Date | null };
  mine: { text: string | null; authors: Person[]; at: Date };
}

/**
 * Stores a conflict, marks its entry `conflicted` if it exists, and returns the conflict's id. The
 * caller decides what happens to the entry's head and its saves.
 */
export async function insertConflict(
  trx: Trx,
  { spaceId, entryId, kind, path, baseText, git, mine }: NewConflict,
): Promise<string> {
  const id = randomUUID();
  await trx
    .insertInto('conflicts')
    .values({
      id,
      spaceId,
      entryId,
      kind,
      path,
      baseText,
      gitText: git.text,
      gitCommit: git.commit,
      gitAuthor: git.author === null ? null : storableText(git.author),
      gitAt: git.at,
      mineText: mine.text,
      mineAuthors: jsonb(mine.authors),
      mineAt: mine.at,
    })
    .execute();
  await trx
    .updateTable('entries')
    .set({ conflicted: true })
    .where('spaceId', '=', spaceId)
    .where('id', '=', entryId)
    .execute();
  return id;
}

/** Finds the conflict with this id in this space; `null` if there is none. */
export async function findConflict(db: Db, spaceId: string, id: string): Promise<Conflict | null> {
  const row = await db
    .selectFrom('conflicts')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** A conflict without its texts, for lists. */
export type ListedConflict = Omit<Conflict, 'baseText' | 'gitText' | 'mineText' | 'comparedBlob'>;

/** Which conflicts of a space to list. */
export interface ConflictFilter {
  state: 'open' | 'settled';
  /** `null` means all. */
  kinds: readonly string[] | null;
  /** Only those of this entry. */
  entryId?: string;
  /** The last conflict of the previous page. */
  after: string | null;
  limit: number;
}

/** Lists a space's conflicts, oldest first. */
export async function listConflicts(
  db: Db,
  spaceId: string,
  { state, kinds, entryId, after, limit }: ConflictFilter,
): Promise<ListedConflict[]> {
  let query = db
    .selectFrom('conflicts')
    .select([
      ...(['id', 'spaceId', 'entryId', 'kind', 'path', 'cause', 'gitCommit'] as const),
      ...(['gitAuthor', 'gitAt', 'mineAuthors', 'mineAt', 'createdAt', 'settled'] as const),
    ])
    .where('spaceId', '=', spaceId)
    .where('settled', state === 'open' ? 'is' : 'is not', null)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit);
  if (kinds !== null)
    query = query
      .where(sql<boolean>`kind = ANY (${kinds}::text[])`)
      .where(entryIsOf('conflicts', kinds));
  if (entryId !== undefined) query = query.where('entryId', '=', entryId);
  if (after !== null)
    query = query.where(
      sql<boolean>`(created_at, id) > (SELECT created_at, id FROM conflicts WHERE id = ${after})`,
    );
  return query.execute();
}

/**
 * What a conflict was settled to, and Git's side of it at that time: the next settlement starts
 * from them.
 */
export interface NewSettlement {
  settled: SettledConflict;
  git: NewConflict['git'];
}

/**
 * Marks a conflict as settled, and its entry as free of conflicts if no other is open. Returns
 * false and changes nothing if someone settled it since it was read.
 */
export async function noteSettlement(
  trx: Trx,
  conflict: Pick<Conflict, 'id' | 'spaceId' | 'entryId' | 'settled'>,
  { settled, git }: NewSettlement,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('conflicts')
    .set({
      settled: jsonb(settled),
      gitText: git.text,
      gitCommit: git.commit,
      gitAuthor: git.author,
      gitAt: git.at,
    })
    .where('id', '=', conflict.id)
    .where(sql<boolean>`settled->>'at' IS NOT DISTINCT FROM ${conflict.settled?.at ?? null}`)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx
    .updateTable('entries')
    .set({ conflicted: false })
    .where('spaceId', '=', conflict.spaceId)
    .where('id', '=', conflict.entryId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('conflicts')
            .select('id')
            .where('spaceId', '=', conflict.spaceId)
            .where('entryId', '=', conflict.entryId)
            .where('settled', 'is', null),
        ),
      ),
    )
    .execute();
  return true;
}

/** Flags entries that have an open conflict and came back, or came up, after it. */
export async function flagConflicted(trx: Trx, spaceId: string): Promise<void> {
  await sql`
    UPDATE entries e SET conflicted = true
    FROM conflicts c
    WHERE c.space_id = ${spaceId} AND c.settled IS NULL AND e.space_id = ${spaceId} AND e.id = c.entry_id
      AND NOT e.conflicted`.execute(trx);
}

/** How many conflicts are compared anew at once. */
const COMPARED_AT_ONCE = 100;

/** Lists some of the open conflicts whose entry has changed since their sides were last compared. */
export async function listUncompared(db: Db, spaceId: string): Promise<Conflict[]> {
  return db
    .selectFrom('conflicts')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('settled', 'is', null)
    .where(
      sql<boolean>`compared_blob IS DISTINCT FROM coalesce((
        SELECT head_blob FROM entries e WHERE e.space_id = conflicts.space_id AND e.id = conflicts.entry_id), '')`,
    )
    .orderBy('createdAt')
    .orderBy('id')
    .limit(COMPARED_AT_ONCE)
    .execute();
}

/** Whether somebody has saved the entry since it has the conflict. */
export async function isSavedSince(
  db: Db,
  { id, spaceId, entryId }: Pick<Conflict, 'id' | 'spaceId' | 'entryId'>,
): Promise<boolean> {
  const save = await db
    .selectFrom('saves')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('entryId', '=', entryId)
    .where(sql<boolean>`created_at > (SELECT created_at FROM conflicts WHERE id = ${id})`)
    .limit(1)
    .executeTakeFirst();
  return save !== undefined;
}

/** Notes the entry's head with which the sides of a conflict were compared. */
export async function noteCompared(db: Db, id: string, headBlob: string | null): Promise<void> {
  await db
    .updateTable('conflicts')
    .set({ comparedBlob: headBlob ?? '' })
    .where('id', '=', id)
    .execute();
}

/** The text that a save stored; `null` if the save removed the entry. */
export async function findTextOfSave(db: Db, saveId: string): Promise<string | null> {
  const row = await db
    .selectFrom('saves')
    .select('text')
    .where('id', '=', saveId)
    .executeTakeFirst();
  return row?.text ?? null;
}
