import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { EntriesTable } from '../schema/knowledge.ts';

/** A stored entry. */
export type Entry = Omit<Selectable<EntriesTable>, 'search' | 'pathKey'> & {
  /** Where a waiting save moves its file; `null` if it stays at its path. */
  movingTo: string | null;
};

/** Where the newest waiting move of an entry (a row of `entries`) wants its file; `null` if none waits. */
export const movingTo = sql<string | null>`(
  SELECT move_to FROM saves
  WHERE saves.space_id = entries.space_id AND saves.entry_id = entries.id
    AND saves.state = 'waiting' AND saves.move_to IS NOT NULL
  ORDER BY saves.sequence DESC LIMIT 1)`;

/** The columns of an {@link Entry}: all except those that others are computed into. */
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
  'inReview',
  'failure',
  'updatedBy',
  'updatedAt',
] as const satisfies Exclude<keyof Entry, 'movingTo'>[];

/** Finds the entry with this id, even if its removal is waiting; `null` if there is none. */
export async function findEntry(db: Db, spaceId: string, id: string): Promise<Entry | null> {
  const row = await db
    .selectFrom('entries')
    .select(entryColumns)
    .select(movingTo.as('movingTo'))
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * An entry that exists nowhere any more, and that nothing is waiting for, does not occupy its path.
 */
export const holdsItsPath = sql<boolean>`(head_blob IS NOT NULL OR git_blob IS NOT NULL OR waiting)`;

/**
 * Whether the entry of a row is of one of these kinds now, or does not exist any more. `alias` is
 * the row's table, with `space_id` and `entry_id`. What it was before is no reason to show it.
 */
export function entryIsOf(alias: string, kinds: readonly string[]): RawBuilder<boolean> {
  return entryIsOneOf(alias, sql`${kinds}::text[]`);
}

/** Like {@link entryIsOf}, with an expression of the type `text[]`. */
export function entryIsOneOf(alias: string, kinds: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`NOT EXISTS (
    SELECT FROM entries now
    WHERE now.space_id = ${sql.ref(`${alias}.space_id`)} AND now.id = ${sql.ref(`${alias}.entry_id`)}
      AND now.kind <> ALL (${kinds}))`;
}

/** The entry's text in the synced commit; `null` if it is not there, or no text that we keep. */
export function textInGit({
  waiting,
  gitText,
  headText,
}: Pick<Entry, 'waiting' | 'gitText' | 'headText'>): string | null {
  return waiting ? gitText : headText;
}
