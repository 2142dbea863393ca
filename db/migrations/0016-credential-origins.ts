import { sql, type Kysely } from 'kysely';

/**
 * A credential is sent only to its origin. For one from before, that is the origin of the
 * repositories of the mirrors and spaces that use it; if there are several or none, it stays `NULL`
 * until an admin says it, and the credential is not sent until then.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE credentials ADD COLUMN origin text`.execute(db);
  const { rows } = await sql<{ id: string; url: string }>`
    SELECT credential_id AS id, repository_url AS url FROM mirrors
    WHERE credential_id IS NOT NULL AND ended_at IS NULL
    UNION
    SELECT credential_id AS id, repository_url AS url FROM spaces
    WHERE credential_id IS NOT NULL AND ended_at IS NULL`.execute(db);
  const origins = new Map<string, Set<string>>();
  for (const { id, url } of rows) {
    const { protocol, origin } = new URL(url);
    // Nothing is sent to a local repository.
    if (protocol === 'file:') continue;
    origins.set(id, (origins.get(id) ?? new Set()).add(origin));
  }
  for (const [id, [origin, ...others]] of origins)
    if (others.length === 0)
      await sql`UPDATE credentials SET origin = ${origin} WHERE id = ${id}`.execute(db);
}
