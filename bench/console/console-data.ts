import { sql } from 'kysely';
import type { Db } from '../../db/connect.ts';
import { noDevelopmentBranches } from '../../model/mirror/branches.ts';
import { defaultSamples } from '../../model/mirror/samples.ts';
import { platforms } from '../../platforms/index.ts';

/**
 * Fills a database for the console: mirrors of as many projects, of which one in fifty is paused, with a
 * day of commits, and a space with entries and a history. The first
 * project is `shop`, whose mirror was delivered to a repository in `directory` up to `tip`.
 */
export async function fillConsole(
  db: Db,
  {
    mirrors,
    directory,
    tip,
    ...space
  }: { mirrors: number; directory: string; tip: string; entries: number; commits: number },
): Promise<void> {
  const ids = Array.from({ length: mirrors }, (_, at) => (at === 0 ? 'shop' : `shop-${at}`));
  const ownedFolders = [...platforms.of('keboola').layout.ownedFolders];
  await db
    .insertInto('projects')
    .values(
      ids.map((id, at) => ({
        ...{ id, name: at === 0 ? 'Shop' : `Shop ${at}`, ownedFolders, defaultBranchId: '1000' },
        ...{ sourceKind: 'keboola', sourceUrl: 'https://keboola.example' },
      })),
    )
    .execute();
  const now = new Date();
  await db
    .insertInto('mirrors')
    .values(
      ids.map((projectId, at) => ({
        ...{ projectId, branchId: '1000', repositoryBranch: 'main', subdirectory: '' },
        repositoryUrl: at === 0 ? `file://${directory}` : `https://git.example/${projectId}.git`,
        policy: JSON.stringify({
          secrets: 'encrypted',
          samples: defaultSamples,
          jobs: { enabled: true, retainDays: 90, include: 'all' },
          storage: { volatile: false },
          branchPath: 'name',
          notify: { emails: [] },
        }),
        developmentBranches: JSON.stringify(noDevelopmentBranches),
        ...{ replacedSecrets: '[]', warnings: '[]' },
        ...{ deliveredSha: tip, deliveredAt: now, initializedAt: now },
        pausedAt: at % 50 === 49 ? now : null,
      })),
    )
    .execute();
  // What the trend of each mirror is drawn from: a commit an hour, and a failed attempt now and then.
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at,
      window_closed_at, state, commit_sha, delivered_at)
    SELECT gen_random_uuid(), 'mirror/' || project_id || '/1000', n, n::text, 'changes', n,
      '{"author": {"name": "A", "email": "a@b"}, "coAuthors": [], "subject": "s", "body": ""}',
      at, at, 'delivered', md5(project_id || n) || '00000000', at
    FROM mirrors, LATERAL (
      SELECT n, now() - n * interval '1 hour' AS at FROM generate_series(1, 20) n) past`.execute(
    db,
  );
  await sql`
    INSERT INTO failed_attempts (stream, started_at, lane)
    SELECT 'mirror/' || project_id || '/1000', now() - n * interval '7 hours', 'repository'
    FROM mirrors, generate_series(1, 3) n`.execute(db);
  await fillSpace(db, space);
}

/** The space `sales`: customers with owners, of which a few need somebody, and a history of which each commit changed one. */
async function fillSpace(
  db: Db,
  { entries, commits }: { entries: number; commits: number },
): Promise<void> {
  const rules = { publicKinds: [], index: true, notify: { emails: [] } };
  const now = new Date();
  await db
    .insertInto('spaces')
    .values({
      ...{ id: 'sales', name: 'Sales', root: 'knowledge', rules: JSON.stringify(rules) },
      ...{ repositoryUrl: 'https://git.example/sales.git', repositoryBranch: 'main' },
      ...{ lastSequence: 0, syncedSha: 'a'.repeat(40), syncedAt: now },
    })
    .execute();
  await sql`
    INSERT INTO entries (space_id, id, kind, path, title, fields, problems, head_text, head_blob, git_blob, commit_sha,
      conflicted, failure, updated_by, updated_at)
    SELECT 'sales', 'customer-' || n, 'customer', 'knowledge/customers/' || n || '.md', 'Customer ' || md5(n::text),
      jsonb_build_object('name', 'Customer ' || md5(n::text), 'region', 'region-' || n % 50, 'tier', n % 4,
        'owners', jsonb_build_array(jsonb_build_object('name', 'Owner ' || n % 20, 'email', 'owner-' || n % 20 || '@example.com'))),
      CASE WHEN n % 2000 = 1 THEN '[{"code": "schema", "line": 4, "pointer": "/tier", "message": "must be text"}]' ELSE '[]' END::jsonb,
      (SELECT string_agg(md5((n * 100 + w % 70)::text), ' ') FROM generate_series(1, 80) w),
      md5(n::text), md5(n::text), md5(n::text) || '00000000', n % 3000 = 2,
      CASE WHEN n % 4000 = 3 THEN '{"code": "path_blocked", "message": "A folder is in the way."}' END::jsonb,
      'Person ' || n % 30, now() - n * interval '1 minute'
    FROM generate_series(1, ${entries}::int) n`.execute(db);
  await sql`
    INSERT INTO space_commits (space_id, position, sha, author_name, author_email, authored_at, effective_at, subject, via)
    SELECT 'sales', n, md5(n::text) || '00000000', 'Person ' || n % 30, 'person-' || n % 30 || '@example.com', at, at,
      'They asked for it', CASE WHEN n % 3 = 0 THEN 'push' ELSE 'api' END
    FROM generate_series(1, ${commits}::int) n, LATERAL (SELECT now() - (${commits}::int - n) * interval '1 minute' AS at) t`.execute(
    db,
  );
  await sql`
    INSERT INTO entry_versions (space_id, entry_id, position, kind, path, blob_id)
    SELECT 'sales', 'customer-' || n % ${entries}::int + 1, n, 'customer',
      'knowledge/customers/' || n % ${entries}::int + 1 || '.md', md5(n::text)
    FROM generate_series(1, ${commits}::int) n`.execute(db);
  await sql`ANALYZE`.execute(db);
}
