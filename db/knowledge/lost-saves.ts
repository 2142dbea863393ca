import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';

/** Lists the commits in which saves of the space were delivered. */
export async function listCommitsOfSaves(db: Db, spaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('saves')
    .select('commitSha')
    .distinct()
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'delivered')
    .where('commitSha', 'is not', null)
    .execute();
  return rows.flatMap(({ commitSha }) => commitSha ?? []);
}

/** An entry of which something was lost, with a new conflict. */
export interface LostEntry {
  id: string;
  kind: string;
  path: string;
  /** What was delivered last; `null` if that was its removal. */
  text: string | null;
  /** Whether the space still has it, so that the conflict was noted on it. */
  isThere: boolean;
}

/**
 * Offers again what was delivered in these commits, which the branch no longer has: a conflict for each entry, between
 * its last delivered text (`mine`) and what Git has now. The saves count as lost, or as unneeded if the entry in Git is
 * nevertheless as they left it, for example because the branch was only rebased. Returns the entries with a conflict.
 */
export async function insertLostConflicts(
  trx: Trx,
  spaceId: string,
  commits: readonly string[],
): Promise<LostEntry[]> {
  const { rows } = await sql<LostEntry>`
    WITH lost AS (
      SELECT entry_id, min(sequence) AS first, max(sequence) AS last, array_agg(id) AS saves,
        jsonb_agg(DISTINCT person) AS persons
      FROM saves
      WHERE space_id = ${spaceId} AND state = 'delivered' AND commit_sha = ANY (${commits}::text[])
      GROUP BY entry_id
    ), sides AS (
      SELECT lost.entry_id, lost.saves, lost.persons, first.base_text, last.text AS mine_text, last.current_text,
        last.created_at, coalesce(e.kind, last.kind) AS kind, coalesce(e.path, last.path) AS path,
        e.id IS NOT NULL AS is_there, e.commit_sha,
        CASE WHEN e.waiting OR e.git_text IS NOT NULL THEN e.git_text ELSE e.head_text END AS git_text
      FROM lost
      JOIN saves first ON first.space_id = ${spaceId} AND first.sequence = lost.first
      JOIN saves last ON last.space_id = ${spaceId} AND last.sequence = lost.last
      LEFT JOIN entries e ON e.space_id = ${spaceId} AND e.id = lost.entry_id
    ), offered AS (
      INSERT INTO conflicts
        (id, space_id, entry_id, kind, path, cause, base_text, git_text, git_commit, mine_text, mine_authors, mine_at,
          created_at)
      -- They are listed by time: a microsecond each keeps them in the order of their entries.
      SELECT gen_random_uuid(), ${spaceId}, entry_id, kind, path, 'lost', base_text, git_text, commit_sha, mine_text,
        persons, created_at, now() + row_number() OVER (ORDER BY entry_id) * interval '1 microsecond'
      FROM sides
      WHERE git_text IS DISTINCT FROM current_text
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
    SELECT sides.entry_id AS id, sides.kind, sides.path, sides.mine_text AS text, sides.is_there
    FROM sides JOIN offered ON offered.entry_id = sides.entry_id
    ORDER BY sides.entry_id`.execute(trx);
  return rows;
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
