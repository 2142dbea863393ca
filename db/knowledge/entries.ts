import { sql, type Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { EntriesTable } from '../schema/knowledge.ts';

/** An entry as stored. */
export type Entry = Omit<Selectable<EntriesTable>, 'search'>;

/** The columns of an {@link Entry}: all but the search index. */
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

/** The entry with this id, also one whose removal waits, or `null`. */
export async function findEntry(db: Db, spaceId: string, id: string): Promise<Entry | null> {
  const row = await db
    .selectFrom('entries')
    .select(entryColumns)
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Of entries that are nowhere any more, nor will be, the path is free. */
export const holdsItsPath = sql<boolean>`(head_blob IS NOT NULL OR git_blob IS NOT NULL OR waiting)`;

/** Whether an entry is at this path, or its removal waits. */
export async function isPathTaken(db: Db, spaceId: string, path: string): Promise<boolean> {
  const entry = await db
    .selectFrom('entries')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('path', '=', path)
    .where(holdsItsPath)
    .executeTakeFirst();
  return entry !== undefined;
}
