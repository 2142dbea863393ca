import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Db } from '../db/connect.ts';
import { listEntries } from '../db/knowledge/entry-lists.ts';
import { migrate } from '../db/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { addManyEntries, manyLists } from '../test/db/knowledge/many-entries.ts';

/** What each list of a space takes, in ms, at each number of entries: on a PostgreSQL of its own. */
export async function listTimes(counts: readonly number[]): Promise<[string, number[]][]> {
  const place = await mkdtemp(join(tmpdir(), 'gitward-bench-'));
  const postgres = await startPostgres({ directory: join(place, 'postgres') });
  const db = connect({ url: postgres.url('postgres'), onError: (error) => console.error(error) });
  try {
    await migrate(db);
    const times: number[][] = [];
    for (const count of counts) times.push(await timesAt(db, count));
    return manyLists.map(([name], at) => [name, times.map((ofCount) => ofCount[at] ?? NaN)]);
  } finally {
    await db.destroy();
    await postgres.stop();
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The median of 11 rounds of each list. */
async function timesAt(db: Db, count: number): Promise<number[]> {
  const space = { id: 'bench', name: 'bench', root: 'knowledge', rules: '{}', lastSequence: 0 };
  await db
    .insertInto('spaces')
    .values({ ...space, repositoryUrl: 'https://git.example/bench', repositoryBranch: 'main' })
    .execute();
  await addManyEntries(db, 'bench', count);
  const medians: number[] = [];
  for (const [, , page] of manyLists) {
    const rounds: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      const start = performance.now();
      await listEntries(db, 'bench', page);
      rounds.push(performance.now() - start);
    }
    medians.push(rounds.sort((a, b) => a - b)[5] ?? NaN);
  }
  await db.deleteFrom('entries').execute();
  await db.deleteFrom('spaces').execute();
  return medians;
}
