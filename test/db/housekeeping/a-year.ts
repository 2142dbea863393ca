import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';

/** Makes the mirrors `p/1`, `p/2`, … with nothing in them. */
export async function insertMirrors(db: Db, count: number): Promise<void> {
  await sql`INSERT INTO projects (id, name, source_kind) VALUES ('p', 'P', 'sample')`.execute(db);
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    SELECT 'p', n::text, 'https://git.example/r', 'main', n::text, '{}' FROM generate_series(1, ${count}) n`.execute(
    db,
  );
}

/** Makes the space `s` with nothing in it. */
export async function insertSpace(db: Db): Promise<void> {
  await sql`
    INSERT INTO spaces (id, name, repository_url, repository_branch, root, rules)
    VALUES ('s', 'S', 'https://git.example/r', 'main', '', '{}')`.execute(db);
}

/**
 * A delivered batch of each mirror for each `every`-th hour of the year that ends now, and `changes` changes in each.
 */
export async function insertYearOfChanges(
  db: Db,
  { every, changes }: { every: number; changes: number },
): Promise<void> {
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at,
      state, commit_sha, delivered_at)
    SELECT gen_random_uuid(), 'mirror/p/' || m.branch_id, n, n, 'events', n * ${changes}::int, '{}', at, at, 'delivered', md5(n::text), at
    FROM mirrors m, generate_series(0, 365 * 24 / ${every}::int - 1) n,
      LATERAL (SELECT now() - (365 * 24 - n * ${every}::int) * interval '1 hour' + interval '30 minutes' AS at) t`.execute(
    db,
  );
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, incarnation,
      occurred_at, received_at, body, batch_id, commit_sha, delivered_at)
    SELECT 'p', split_part(b.stream, '/', 3), b.ordinal * ${changes}::int + k, 'config_changed', 'c', b.ordinal || '-' || k, '',
      b.delivered_at, b.delivered_at, '\\x00', b.id, b.commit_sha, b.delivered_at
    FROM batches b, generate_series(1, ${changes}::int) k`.execute(db);
}

/** How many rows a table has that fulfil a condition. */
export async function count(db: Db, table: string, where = 'true'): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${sql.table(table)} t WHERE ${sql.raw(where)}`.execute(db);
  return rows[0]?.count ?? -1;
}
