import { sql, type Kysely } from 'kysely';

/**
 * Where notices go besides the addresses of mirrors and spaces: mail, Slack, Microsoft Teams, webhooks. And which outages are one
 * incident, that is told once: they have the id of the first of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE notice_channels (
      id uuid PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('email', 'slack', 'teams', 'webhook')),
      leads_to text NOT NULL,
      target bytea NOT NULL,
      is_default boolean NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      changed_at timestamptz
    )`.execute(db);
  await sql`
    ALTER TABLE outages
      ADD COLUMN cause text COLLATE "C",
      ADD COLUMN incident_id uuid,
      ADD COLUMN incident_began_at timestamptz`.execute(db);
  await sql`ALTER TABLE notices ADD COLUMN claimed_by uuid`.execute(db);
  await sql`CREATE INDEX outages_incident ON outages (incident_id) WHERE incident_id IS NOT NULL`.execute(
    db,
  );
}
