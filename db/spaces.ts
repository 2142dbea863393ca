import type { Kysely, Selectable } from 'kysely';
import type { Database, SpacesTable } from './schema.ts';

/** A space as stored. */
export type SpaceRow = Selectable<SpacesTable>;

/** The space, also an ended one, or `null`. */
export async function findSpace(db: Kysely<Database>, id: string): Promise<SpaceRow | null> {
  const row = await db.selectFrom('spaces').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}
