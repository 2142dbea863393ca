import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { RepositoryPlace } from '../streams/open-remote.ts';

/** The repositories of mirrors and spaces that are neither paused nor ended, each branch and credential once. */
export async function listRemotesInUse(db: Db, limit: number): Promise<RepositoryPlace[]> {
  const { rows } = await sql<RepositoryPlace>`
    SELECT repository_url AS "repositoryUrl", repository_branch AS "repositoryBranch",
      credential_id AS "credentialId"
    FROM (
      SELECT repository_url, repository_branch, credential_id, paused_at, ended_at FROM mirrors
      UNION ALL
      SELECT repository_url, repository_branch, credential_id, paused_at, ended_at FROM spaces) AS streams
    WHERE paused_at IS NULL AND ended_at IS NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT ${limit}`.execute(db);
  return rows;
}

/** The origins of all hosts that Gitward sends requests to: repositories in use, sources, and the OpenID Connect provider. */
export async function listOrigins(db: Db): Promise<string[]> {
  const { rows } = await sql<{ url: string }>`
    SELECT repository_url AS url FROM mirrors WHERE ended_at IS NULL
    UNION SELECT repository_url FROM spaces WHERE ended_at IS NULL
    UNION SELECT source_url FROM projects WHERE source_url IS NOT NULL
    UNION SELECT issuer FROM open_id_connect`.execute(db);
  const origins = rows.flatMap(({ url }) => (URL.canParse(url) ? new URL(url).origin : []));
  return [...new Set(origins)].filter((origin) => /^https?:/.test(origin)).sort();
}
