import { sql, type Kysely } from 'kysely';

/** Saves that move the file of their entry, and where items of an import are in their table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE saves
      ADD COLUMN move_to text,
      DROP CONSTRAINT saves_action_check,
      ADD CONSTRAINT saves_action_check
        CHECK (action IN ('create', 'edit', 'delete', 'restore', 'settle', 'move')),
      ADD CONSTRAINT saves_move CHECK ((action = 'move') = (move_to IS NOT NULL))`.execute(db);
  await sql`ALTER TABLE operation_items ADD COLUMN place text`.execute(db);
  await sql`
    CREATE INDEX saves_moving ON saves (space_id, entry_id, sequence)
      WHERE state = 'waiting' AND move_to IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX saves_move_key ON saves (space_id, (path_key(move_to) COLLATE "C"))
      WHERE state = 'waiting' AND move_to IS NOT NULL`.execute(db);
}
