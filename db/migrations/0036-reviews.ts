import { sql, type Kysely } from 'kysely';

/**
 * Changes that others approve before they reach the branch, what they change, and who said what about them. Following them
 * at the host is a lane of the space's workflow, with outages of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE spaces
      ADD COLUMN last_review integer NOT NULL DEFAULT 0,
      ADD COLUMN protected_at timestamptz`.execute(db);
  await sql`
    CREATE TABLE reviews (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id),
      number integer NOT NULL,
      title text NOT NULL,
      description text NOT NULL,
      author jsonb NOT NULL,
      authors jsonb NOT NULL,
      token_id uuid,
      person_id uuid,
      needs jsonb NOT NULL,
      kinds text[] NOT NULL,
      state text NOT NULL DEFAULT 'opening' CHECK (state IN ('opening', 'open', 'merging', 'merged', 'closed')),
      branch text NOT NULL,
      base_sha text,
      pushed_sha text,
      head_sha text,
      read_sha text,
      pull_request jsonb,
      merge_wanted_by text,
      close_wanted_by text,
      merge_commit text,
      outcome text NOT NULL DEFAULT '',
      failure jsonb,
      told text,
      look_at timestamptz NOT NULL DEFAULT now(),
      woken integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      UNIQUE (space_id, number)
    )`.execute(db);
  await sql`CREATE INDEX reviews_under_way ON reviews (space_id, number) WHERE ended_at IS NULL`.execute(
    db,
  );
  await sql`
    CREATE TABLE review_items (
      review_id uuid NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
      ordinal integer NOT NULL,
      entry_id text NOT NULL,
      kind text,
      path text NOT NULL,
      action text NOT NULL CHECK (action IN ('create', 'edit', 'delete', 'restore', 'settle', 'move')),
      move_to text,
      title text NOT NULL,
      base_text text,
      text text,
      PRIMARY KEY (review_id, ordinal)
    )`.execute(db);
  await sql`CREATE INDEX review_items_entry ON review_items (entry_id)`.execute(db);
  await sql`
    CREATE TABLE review_approvals (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      review_id uuid NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
      person jsonb NOT NULL,
      role text,
      token_id uuid,
      person_id uuid,
      verdict text NOT NULL CHECK (verdict IN ('approved', 'changes_requested', 'withdrawn')),
      comment text NOT NULL,
      head_sha text,
      told_at timestamptz,
      at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  await sql`CREATE INDEX review_approvals_review ON review_approvals (review_id, id)`.execute(db);
  await sql`
    ALTER TABLE saves
      ADD COLUMN review_id uuid REFERENCES reviews (id),
      DROP CONSTRAINT saves_state_check,
      ADD CONSTRAINT saves_state_check
        CHECK (state IN ('waiting', 'delivered', 'unneeded', 'conflict', 'lost', 'in_review'))`.execute(
    db,
  );
  await sql`CREATE INDEX saves_review ON saves (review_id) WHERE review_id IS NOT NULL`.execute(db);
  await sql`ALTER TABLE entries ADD COLUMN in_review boolean NOT NULL DEFAULT false`.execute(db);
  for (const table of ['outages', 'failed_attempts'])
    await sql`
      ALTER TABLE ${sql.table(table)}
        DROP CONSTRAINT ${sql.ref(`${table}_lane_check`)},
        ADD CONSTRAINT ${sql.ref(`${table}_lane_check`)}
          CHECK (lane IN ('source', 'repository', 'review'))`.execute(db);
  await sql`
    CREATE TRIGGER reviews_news AFTER INSERT OR UPDATE ON reviews
      FOR EACH ROW EXECUTE FUNCTION notify_space_of_row()`.execute(db);
}
