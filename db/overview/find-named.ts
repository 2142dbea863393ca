import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { likeText } from '../like-text.ts';

/** Something that a person may look for by its name. */
export interface FoundByName {
  kind: 'mirror' | 'space' | 'person' | 'token';
  /** `mirror/<project>/<branch>`, `space/<space>`, `person/<id>` or `token/<id>`. */
  id: string;
  name: string;
  /** What tells it from others of this name: a Git branch, an id, or an address. */
  detail: string;
  projectId: string | null;
  branchId: string | null;
  spaceId: string | null;
}

/** What {@link findNamed} looks for, and where; `null` means in all of them. */
export interface WantedByName {
  /** Every word of it must occur, in any case. */
  text: string;
  projects: readonly string[] | null;
  spaces: readonly string[] | null;
  /** Whether people who may sign in, and tokens that work, are looked through, too. */
  access: boolean;
  limit: number;
}

/**
 * Finds mirrors and spaces that have not ended, people and tokens, by names, ids and branches. First come
 * those whose name or id is the text, then those that begin with it.
 */
export async function findNamed(
  db: Db,
  { text, projects, spaces, access, limit }: WantedByName,
): Promise<FoundByName[]> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const patterns = words.map((word) => `%${likeText(word)}%`);
  const whole = words.join(' ');
  const start = `${likeText(whole)}%`;
  const { rows } = await sql<FoundByName>`
    SELECT kind, id, name, detail, project_id, branch_id, space_id FROM (
      SELECT 'mirror' AS kind, 'mirror/' || m.project_id || '/' || m.branch_id AS id, p.name,
        m.repository_branch AS detail, m.project_id, m.branch_id, NULL AS space_id,
        m.project_id AS own_id, concat_ws(' ', p.name, m.project_id, m.branch_id, m.repository_branch) AS searched
      FROM mirrors m JOIN projects p ON p.id = m.project_id
      WHERE m.ended_at IS NULL
        AND (${projects}::text[] IS NULL OR m.project_id = ANY (${projects}::text[]))
      UNION ALL
      SELECT 'space', 'space/' || id, name, id, NULL, NULL, id, id, concat_ws(' ', name, id)
      FROM spaces
      WHERE ended_at IS NULL AND (${spaces}::text[] IS NULL OR id = ANY (${spaces}::text[]))
      UNION ALL
      SELECT 'person', 'person/' || id, name, coalesce(email, role), NULL, NULL, NULL, id::text,
        concat_ws(' ', name, email)
      FROM people
      WHERE ${access} AND disabled_at IS NULL
      UNION ALL
      SELECT 'token', 'token/' || id, name, coalesce(email, role), NULL, NULL, NULL, id::text,
        concat_ws(' ', name, email)
      FROM tokens
      WHERE ${access} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
    ) named
    WHERE searched ILIKE ALL (${patterns}::text[])
    ORDER BY
      CASE
        WHEN lower(name) = lower(${whole}) OR lower(own_id) = lower(${whole}) THEN 0
        WHEN name ILIKE ${start} OR own_id ILIKE ${start} THEN 1
        ELSE 2
      END, kind, name, id
    LIMIT ${limit}`.execute(db);
  return rows;
}
