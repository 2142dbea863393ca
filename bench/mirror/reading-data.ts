import type { Db } from '../../db/connect.ts';
import { recordPush } from '../../db/streams/pushed-commits.ts';
import { noDevelopmentBranches } from '../../model/mirror/branches.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { platforms } from '../../platforms/index.ts';
import { runOf } from './reading-repository.ts';

const stream = mirrorStream({ projectId: 'shop', branchId: '1000' });

/** Fills a database with a mirror that was delivered to the repository in `directory`, by these commits, oldest first. */
export async function fillReading(
  db: Db,
  { directory, shas, commits }: { directory: string; shas: readonly string[]; commits: number },
): Promise<void> {
  await db
    .insertInto('projects')
    .values({
      ...{ id: 'shop', name: 'Shop', sourceKind: 'keboola', sourceUrl: 'https://keboola.example' },
      ownedFolders: [...platforms.of('keboola').layout.ownedFolders],
      defaultBranchId: '1000',
    })
    .execute();
  await db
    .insertInto('mirrors')
    .values({
      ...{ projectId: 'shop', branchId: '1000', repositoryUrl: `file://${directory}` },
      ...{ repositoryBranch: 'main', subdirectory: '', policy: '{}' },
      developmentBranches: JSON.stringify(noDevelopmentBranches),
      ...{ replacedSecrets: '[]', warnings: '[]', deliveredSha: shas.at(-1) ?? null },
    })
    .execute();
  // The history begins with what was recorded first.
  await recordPush(
    db,
    stream,
    shas.slice(0, 1).map((sha) => ({ sha, batches: [] })),
  );
  for (let start = 1; start < shas.length; start += 5_000)
    await recordPush(
      db,
      stream,
      shas.slice(start, start + 5_000).map((sha) => ({ sha, batches: [] })),
    );
  const components = ['keboola.ex-db-mysql', 'keboola.ex-db-snowflake', 'keboola.wr-db-mysql'];
  for (let start = 1; start <= commits; start += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, commits - start + 1) }, (_, at) => {
      const { runId, finishedAt, path } = runOf(start + at);
      return {
        ...{ stream, runId, finishedAt, path, seconds: 12, body: Buffer.alloc(400) },
        componentId: components[(start + at) % 3] ?? '',
        configId: String((start + at) % 1_000),
        status: (start + at) % 50 === 0 ? 'FAILED' : 'SUCCESS',
      };
    });
    await db.insertInto('jobRuns').values(rows).execute();
  }
}
