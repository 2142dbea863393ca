import { sql, type Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { EntriesTable } from '../schema/knowledge.ts';

/** A stored entry. */
export type Entry = Omit<Selectable<EntriesTable>, 'search'>;

/** The columns of an {@link Entry}: all except the search index. */
export const entryColumns = [
  'spaceId',
  'id',
  'kind',
  'path',
  'declaredId',
  'title',
  'fields',
  'problems',
  'headBlob',
  'headText',
  'gitBlob',
  'gitText',
  'commitSha',
  'syncedAt',
  'waiting',
  'conflicted',
  'failure',
  'updatedBy',
  'updatedAt',
] as const satisfies (keyof Entry)[];

/** Finds the entry with this id, even if its removal is waiting; `null` if there is none. */
export async function findEntry(db: Db, spaceId: string, id: string): Promise<Entry | null> {
  const row = await db
    .selectFrom('entries')
    .select(entryColumns)
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * An entry that exists nowhere any more, and that nothing is waiting for, does not occupy its path.
 */
export const holdsItsPath = sql<boolean>`(head_blob IS NOT NULL OR git_blob IS NOT NULL OR waiting)`;
