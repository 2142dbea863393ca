import { sql, type Kysely } from 'kysely';

/**
 * One notice for outages of one cause. An outage knows its cause. A notice knows the message that told of it: `message` is that
 * message's id, the same for all outages that it told a recipient of, and `cause` and `message_sent_at` are what it was about and
 * when. `covered`: nothing was sent for it, since a message about the same cause stands. `ahead`: it was told before it was due.
 * `claim` and `claimed_until`: who is sending it, and until when nobody else does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE outages ADD COLUMN cause text`.execute(db);
  await sql`
    ALTER TABLE notices
      ADD COLUMN cause text,
      ADD COLUMN message text,
      ADD COLUMN message_sent_at timestamptz,
      ADD COLUMN covered boolean NOT NULL DEFAULT false,
      ADD COLUMN ahead boolean NOT NULL DEFAULT false,
      ADD COLUMN claim uuid,
      ADD COLUMN claimed_until timestamptz`.execute(db);
  await sql`
    CREATE INDEX outages_cause ON outages (cause)
      WHERE ended_at IS NULL AND cause IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX notices_waiting ON notices (recipient, created_at)
      WHERE sent_at IS NULL`.execute(db);
  await sql`
    CREATE INDEX notices_message ON notices (recipient, message)
      WHERE message IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX notices_cause ON notices (cause, recipient, message_sent_at)
      WHERE cause IS NOT NULL`.execute(db);
  // What is told ahead is inserted as sent, which migration 14 does not know.
  await sql`
    CREATE TRIGGER notices_ahead_news AFTER INSERT ON notices
    FOR EACH ROW WHEN (NEW.sent_at IS NOT NULL)
    EXECUTE FUNCTION notify_notice_sent()`.execute(db);
}
