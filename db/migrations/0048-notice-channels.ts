import { sql, type Kysely } from 'kysely';

/** Where notices go besides the addresses of mirrors and spaces: mail, Slack, Microsoft Teams, webhooks. */
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
}
