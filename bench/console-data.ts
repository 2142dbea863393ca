import type { Db } from '../db/connect.ts';
import { platforms } from '../platforms/index.ts';

/**
 * Fills a database for the console: mirrors of as many projects, of which one in fifty is paused, and a space. The first
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
          samples: { enabled: false, rows: 100, formats: ['csv'] },
          jobs: { enabled: true, retainDays: 90, include: 'all' },
          storage: { volatile: false },
          branchPath: 'name',
          notify: { emails: [] },
        }),
        developmentBranches: '{"link":[],"repository":{}}',
        ...{ replacedSecrets: '[]', warnings: '[]' },
        ...{ deliveredSha: tip, deliveredAt: now, initializedAt: now },
        pausedAt: at % 50 === 49 ? now : null,
      })),
    )
    .execute();
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
