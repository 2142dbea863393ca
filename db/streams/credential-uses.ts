import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';

/** A mirror or space that uses a credential and has not ended. */
export interface CredentialUse {
  product: 'mirror' | 'space';
  /** Its stream: `mirror/<project>/<branch>` or `space/<space>`. */
  id: string;
  /** The project's or the space's name. */
  name: string;
}

/** The uses of one credential. */
export interface CredentialUses {
  count: number;
  /** The first of them by id, at most {@link usesShown}. */
  first: CredentialUse[];
}

/** How many uses of one credential are listed. */
export const usesShown = 20;

/** Whose uses are listed; `null` means those of all. */
export interface SeenUses {
  projects: readonly string[] | null;
  spaces: readonly string[] | null;
}

const uses = sql`
  SELECT m.credential_id, 'mirror' AS product, 'mirror/' || m.project_id || '/' || m.branch_id AS id,
    p.name, m.project_id, NULL AS space_id, m.repository_url AS url, m.repository_branch AS branch
  FROM mirrors m JOIN projects p ON p.id = m.project_id
  WHERE m.ended_at IS NULL AND m.credential_id IS NOT NULL
  UNION ALL
  SELECT credential_id, 'space', 'space/' || id, name, NULL, id, repository_url, repository_branch
  FROM spaces WHERE ended_at IS NULL AND credential_id IS NOT NULL
  UNION ALL
  SELECT checks_credential_id, 'space', 'space/' || id, name, NULL, id, NULL, NULL
  FROM spaces
  WHERE ended_at IS NULL AND checks_credential_id IS NOT NULL AND checks_credential_id IS DISTINCT FROM credential_id`;

/** Lists what uses these credentials, in one query; a credential without uses is not in the result. */
export async function listCredentialUses(
  db: Db,
  credentialIds: readonly string[],
  { projects, spaces }: SeenUses,
): Promise<Map<string, CredentialUses>> {
  const { rows } = await sql<CredentialUse & { credentialId: string; count: number }>`
    SELECT credential_id, product, id, name, count FROM (
      SELECT u.*, count(*) OVER (PARTITION BY credential_id) AS count,
        row_number() OVER (PARTITION BY credential_id ORDER BY product, id) AS place
      FROM (${uses}) u
      WHERE credential_id = ANY (${credentialIds}::uuid[])
        AND (project_id IS NULL OR ${projects}::text[] IS NULL OR project_id = ANY (${projects}::text[]))
        AND (space_id IS NULL OR ${spaces}::text[] IS NULL OR space_id = ANY (${spaces}::text[]))
    ) numbered
    WHERE place <= ${usesShown}
    ORDER BY credential_id, place`.execute(db);
  const found = new Map<string, CredentialUses>();
  for (const { credentialId, count, product, id, name } of rows) {
    const before = found.get(credentialId) ?? { count, first: [] };
    found.set(credentialId, { count, first: [...before.first, { product, id, name }] });
  }
  return found;
}

/** Lists the streams that use a credential and wait for their next attempt, because the host refused it. */
export async function listStreamsRefused(db: Db, credentialId: string): Promise<StreamId[]> {
  const { rows } = await sql<{ id: StreamId }>`
    SELECT u.id FROM (${uses}) u JOIN outages o ON o.stream = u.id
    WHERE u.credential_id = ${credentialId} AND o.lane = 'repository' AND o.ended_at IS NULL
      AND o.code = 'credential_refused'
    ORDER BY u.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lists repositories that a credential is used for, each once, with one of their branches. */
export async function listRepositoriesOfCredential(
  db: Db,
  credentialId: string,
  limit: number,
): Promise<{ url: string; branch: string }[]> {
  const { rows } = await sql<{ url: string; branch: string }>`
    SELECT url, min(branch) AS branch FROM (${uses}) u
    WHERE credential_id = ${credentialId} AND url IS NOT NULL GROUP BY url ORDER BY url LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}
