import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Person } from '../model/author.ts';
import type { ConflictsTable, Database } from './schema.ts';
import { jsonb, storableText } from './storable.ts';

/** A conflict as stored. */
export type ConflictRow = Selectable<ConflictsTable>;

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
  trx: Transaction<Database>,
  { spaceId, entryId, kind, path, baseText, git, mine }: NewConflict,
): Promise<string> {
  const id = randomUUID();
  await trx
    .insertInto('conflicts')
    .values({
      id,
      space_id: spaceId,
      entry_id: entryId,
      kind,
      path,
      base_text: baseText,
      git_text: git.text,
      git_commit: git.commit,
      git_author: git.author === null ? null : storableText(git.author),
      git_at: git.at,
      mine_text: mine.text,
      mine_authors: jsonb(mine.authors),
      mine_at: mine.at,
    })
    .execute();
  await trx
    .updateTable('entries')
    .set({ conflicted: true })
    .where('space_id', '=', spaceId)
    .where('id', '=', entryId)
    .execute();
  return id;
}

/** The conflict of this space with this id, or `null`. */
export async function findConflict(
  db: Kysely<Database>,
  spaceId: string,
  id: string,
): Promise<ConflictRow | null> {
  const row = await db
    .selectFrom('conflicts')
    .selectAll()
    .where('space_id', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}
