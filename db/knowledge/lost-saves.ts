import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';

/** Lists the commits in which saves of the space were delivered, those of the last saves first. */
export async function listCommitsOfSaves(db: Db, spaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('saves')
    .select('commitSha')
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'delivered')
    .where('commitSha', 'is not', null)
    .groupBy('commitSha')
    .orderBy(({ fn }) => fn.max('sequence'), 'desc')
    .execute();
  return rows.flatMap(({ commitSha }) => commitSha ?? []);
}

/** An entry as a rewritten branch has it. */
export interface RewrittenEntry {
  id: string;
  /** The blob of its file; `null` if it has none any more. */
  blob: string | null;
}

/**
 * Offers again what was delivered in these commits, which the branch no longer has: a conflict for each of the entries
 * whose content is another one now, between the last delivered text (`mine`) and what Git has. Call it before the new
 * content is stored. The saves count as lost, or as unneeded if the rewritten branch left their entry as it was. Returns
 * the ids of the entries with a conflict, and of those of which only a move was lost.
 */
export async function insertLostConflicts(
  trx: Trx,
  spaceId: string,
  commits: readonly string[],
  now: readonly RewrittenEntry[],
): Promise<{ offered: string[]; movedBack: string[] }> {
  const { rows } = await sql<{ id: string; isOffered: boolean; isMoved: boolean }>`
    WITH lost AS (
      SELECT entry_id, min(sequence) AS first, max(sequence) AS last, array_agg(id) AS saves,
        jsonb_agg(DISTINCT person) AS persons, bool_or(move_to IS NOT NULL) AS is_moved
      FROM saves
      WHERE space_id = ${spaceId} AND state = 'delivered' AND commit_sha = ANY (${commits}::text[])
      GROUP BY entry_id
    ), sides AS (
      SELECT lost.entry_id, lost.persons, first.base_text, last.text AS mine_text, last.created_at, last.kind,
        coalesce(e.path, last.path) AS path
      FROM lost
      JOIN unnest(${now.map(({ id }) => id)}::text[], ${now.map(({ blob }) => blob)}::text[]) AS now (id, blob)
        ON now.id = lost.entry_id
      JOIN saves first ON first.space_id = ${spaceId} AND first.sequence = lost.first
      JOIN saves last ON last.space_id = ${spaceId} AND last.sequence = lost.last
      LEFT JOIN entries e ON e.space_id = ${spaceId} AND e.id = lost.entry_id
      WHERE e.git_blob IS DISTINCT FROM now.blob
    ), offered AS (
      INSERT INTO conflicts
        (id, space_id, entry_id, kind, path, cause, base_text, mine_text, mine_authors, mine_at, created_at)
      -- They are listed by time: a microsecond each keeps them in the order of their entries.
      SELECT gen_random_uuid(), ${spaceId}, entry_id, kind, path, 'lost', base_text, mine_text, persons, created_at,
        now() + row_number() OVER (ORDER BY entry_id) * interval '1 microsecond'
      FROM sides
      RETURNING id, entry_id
    ), marked AS (
      UPDATE saves SET
        state = CASE WHEN offered.id IS NULL THEN 'unneeded' ELSE 'lost' END, conflict_id = offered.id
      FROM lost LEFT JOIN offered ON offered.entry_id = lost.entry_id
      WHERE saves.id = ANY (lost.saves)
    ), noted AS (
      UPDATE entries SET conflicted = true
      FROM offered
      WHERE entries.space_id = ${spaceId} AND entries.id = offered.entry_id
    )
    SELECT lost.entry_id AS id, offered.id IS NOT NULL AS is_offered, lost.is_moved
    FROM lost LEFT JOIN offered ON offered.entry_id = lost.entry_id
    ORDER BY lost.entry_id`.execute(trx);
  return {
    offered: rows.flatMap(({ id, isOffered }) => (isOffered ? [id] : [])),
    movedBack: rows.flatMap(({ id, isOffered, isMoved }) => (isMoved && !isOffered ? [id] : [])),
  };
}

/** Notes that the branch has these commits again, so that the saves in them are not lost any more. */
export async function markReturned(
  trx: Trx,
  spaceId: string,
  commits: readonly string[],
): Promise<void> {
  if (commits.length === 0) return;
  await trx
    .updateTable('saves')
    .set({ state: 'delivered' })
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'lost')
    .where(sql<boolean>`commit_sha = ANY (${commits}::text[])`)
    .execute();
}
