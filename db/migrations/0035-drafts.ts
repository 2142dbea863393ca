import { sql, type Kysely } from 'kysely';

/**
 * What people write before they publish it, and changes of several entries that are published together. Both belong to
 * one token or person, and nobody else sees them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE change_sets (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id),
      token_id uuid REFERENCES tokens (id),
      person_id uuid REFERENCES people (id),
      title text NOT NULL,
      description text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CHECK (num_nonnulls(token_id, person_id) = 1)
    )`.execute(db);
  await sql`CREATE INDEX change_sets_owner ON change_sets (space_id, token_id, person_id)`.execute(
    db,
  );
  await sql`
    CREATE TABLE drafts (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id),
      token_id uuid REFERENCES tokens (id),
      person_id uuid REFERENCES people (id),
      change_set_id uuid REFERENCES change_sets (id) ON DELETE SET NULL,
      entry_id text NOT NULL,
      kind text NOT NULL,
      slug text,
      action text NOT NULL CHECK (action IN ('create', 'edit', 'delete')),
      base text,
      content text,
      revision integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CHECK (num_nonnulls(token_id, person_id) = 1),
      CHECK ((action = 'create') = (base IS NULL)),
      CHECK ((action = 'delete') = (content IS NULL)),
      UNIQUE NULLS NOT DISTINCT (space_id, token_id, person_id, entry_id)
    )`.execute(db);
  await sql`CREATE INDEX drafts_change_set ON drafts (change_set_id) WHERE change_set_id IS NOT NULL`.execute(
    db,
  );
  await sql`ALTER TABLE saves ADD COLUMN change_set_id uuid`.execute(db);
}
