import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import { noDevelopmentBranches } from '../model/mirror/branches.ts';
import { defaultSamples } from '../model/mirror/samples.ts';
import { platforms } from '../platforms/index.ts';

/**
 * Fills a database for the console: mirrors of as many projects, of which one in fifty is paused, with a
 * day of commits, and a space. The first
 * project is `shop`, whose mirror was delivered to a repository in `directory` up to `tip`.
 */
export async function fillConsole(
  db: Db,
  { mirrors, directory, tip }: { mirrors: number; directory: string; tip: string },
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
  const rules = { publicKinds: [], index: true, notify: { emails: [] } };
  await db
    .insertInto('spaces')
    .values({
      ...{ id: 'sales', name: 'Sales', root: 'knowledge', rules: JSON.stringify(rules) },
      ...{ repositoryUrl: 'https://git.example/sales.git', repositoryBranch: 'main' },
      lastSequence: 0,
    })
    .execute();
}
