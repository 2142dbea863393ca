import type { Db } from '../../db/connect.ts';
import { listEntries } from '../../db/knowledge/entry-lists.ts';
import { addManyEntries, manyLists } from '../../test/db/knowledge/many-entries.ts';
import type { Place } from '../measuring/place.ts';
import { startDatabase } from '../measuring/servers.ts';
import { timedRounds } from '../measuring/statistics.ts';

/** What a list of a space takes, in ms, at a number of entries. */
export interface ListTimes {
  list: string;
  count: number;
  times: number[];
}

/** What each list of a space takes at each number of entries, on a PostgreSQL of its own. */
export async function listTimes(
  place: Place,
  { counts, rounds }: { counts: readonly number[]; rounds: number },
): Promise<ListTimes[]> {
  const { db } = await startDatabase(place);
  const times: ListTimes[] = [];
  for (const count of counts) times.push(...(await timesAt(db, { count, rounds })));
  return times;
}

async function timesAt(
  db: Db,
  { count, rounds }: { count: number; rounds: number },
): Promise<ListTimes[]> {
  const space = { id: 'bench', name: 'bench', root: 'knowledge', rules: '{}', lastSequence: 0 };
  await db
    .insertInto('spaces')
    .values({ ...space, repositoryUrl: 'https://git.example/bench', repositoryBranch: 'main' })
    .execute();
  await addManyEntries(db, 'bench', count);
  const all: ListTimes[] = [];
  for (const [list, , page] of manyLists) {
    const times = await timedRounds(rounds, () => listEntries(db, 'bench', page));
    all.push({ list, count, times });
  }
  await db.deleteFrom('entries').execute();
  await db.deleteFrom('spaces').execute();
  return all;
}
