import { sql, type Kysely } from 'kysely';

/**
 * Lists of what somebody has to look at are read in the order of their changes without passing over everything that is
 * well; and who else writes an entry is found without reading all drafts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const attention = {
    conflicted: sql`conflicted`,
    invalid: sql`problems <> '[]'::jsonb`,
    in_review: sql`in_review`,
  };
  for (const [name, condition] of Object.entries(attention))
    await sql`
      CREATE INDEX ${sql.id(`entries_${name}`)} ON entries (space_id, updated_at, id)
      WHERE ${condition}`.execute(db);
  await sql`CREATE INDEX drafts_entry ON drafts (space_id, entry_id, updated_at)`.execute(db);
}
