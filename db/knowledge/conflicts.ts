import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { Person } from '../../model/streams/author.ts';
import type { SettledConflict } from '../../model/knowledge/conflict.ts';
import type { ConflictsTable } from '../schema/knowledge.ts';
import { jsonb, storableText } from '../storable.ts';

/** A conflict as stored. */
export type Conflict = Selectable<ConflictsTable>;

/** Where a save and Git clash, with both sides and what they began from; a text that is `null` is a removed entry. */
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
 * Stores a conflict, marks its entry `conflicted` where that is there, and answers the conflict's id. What the entry's
 * head and its saves become is the caller's.
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

/** The conflict of this space with this id, or `null`. */
export async function findConflict(db: Db, spaceId: string, id: string): Promise<Conflict | null> {
  const row = await db
    .selectFrom('conflicts')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** A conflict as lists show it: without its texts. */
export type ListedConflict = Omit<Conflict, 'baseText' | 'gitText' | 'mineText'>;

/** Which conflicts of a space are listed. */
export interface ConflictFilter {
  state: 'open' | 'settled';
  /** `null` is all. */
  kinds: readonly string[] | null;
  /** The last conflict of the page before. */
  after: string | null;
  limit: number;
}

/** A space's conflicts, oldest first. */
export async function listConflicts(
  db: Db,
  spaceId: string,
  { state, kinds, after, limit }: ConflictFilter,
): Promise<ListedConflict[]> {
  let query = db
    .selectFrom('conflicts')
    .select([
      ...(['id', 'spaceId', 'entryId', 'kind', 'path', 'gitCommit', 'gitAuthor'] as const),
      ...(['gitAt', 'mineAuthors', 'mineAt', 'createdAt', 'settled'] as const),
    ])
    .where('spaceId', '=', spaceId)
    .where('settled', state === 'open' ? 'is' : 'is not', null)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit);
  if (kinds !== null) query = query.where(sql<boolean>`kind = ANY (${kinds}::text[])`);
  if (after !== null)
    query = query.where(
      sql<boolean>`(created_at, id) > (SELECT created_at, id FROM conflicts WHERE id = ${after})`,
    );
  return query.execute();
}

/** What a conflict was settled to, and the side of Git that it was compared with: a later settlement starts from them. */
export interface NewSettlement {
  settled: SettledConflict;
  git: NewConflict['git'];
}

/**
 * Notes that a conflict is settled, and that its entry is in no conflict where no other is open; answers false, and
 * notes nothing, where somebody settled it since it was read.
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

/** The text that a save stored; `null` where it removed the entry. */
export async function findTextOfSave(db: Db, saveId: string): Promise<string | null> {
  const row = await db
    .selectFrom('saves')
    .select('text')
    .where('id', '=', saveId)
    .executeTakeFirst();
  return row?.text ?? null;
}
