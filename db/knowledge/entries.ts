import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database, EntriesTable } from '../schema/database.ts';

/** An entry as stored. */
export type EntryRow = Omit<Selectable<EntriesTable>, 'search'>;

/** The columns of an {@link EntryRow}: all but the search index. */
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
] as const satisfies (keyof EntryRow)[];

/** The entry with this id, also one whose removal waits, or `null`. */
export async function findEntry(
  db: Kysely<Database>,
  spaceId: string,
  id: string,
): Promise<EntryRow | null> {
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
export async function isPathTaken(
  db: Kysely<Database>,
  spaceId: string,
  path: string,
): Promise<boolean> {
  const entry = await db
    .selectFrom('entries')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('path', '=', path)
    .where(holdsItsPath)
    .executeTakeFirst();
  return entry !== undefined;
}
