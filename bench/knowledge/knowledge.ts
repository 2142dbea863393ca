import { setTimeout as sleep } from 'node:timers/promises';
import { findEntry } from '../../db/knowledge/entries.ts';
import { listEntries } from '../../db/knowledge/entry-lists.ts';
import { findVersionAt, listVersions } from '../../db/knowledge/history/history.ts';
import { findSpace } from '../../db/knowledge/spaces.ts';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { Place } from '../measuring/place.ts';
import { git } from '../measuring/processes.ts';
import { figure, median, timed, timedRounds } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';
import { customer, saveEntry, spaceId, startSpace, type BenchSpace } from './bench-space.ts';
import { pathOf, textOf } from './knowledge-repository.ts';
import { savesDuring } from './saves-meanwhile.ts';

const later = { group: 'Afterwards' };

/** Saves and readings of a large space. */
export const knowledge = defineBench({
  name: 'knowledge',
  measures:
    'A knowledge space over a repository with a long history, on a PostgreSQL and over HTTP: the first sync and saves that are accepted meanwhile, a push of ten files, a save to the remote (without the window), and reads. Beside the history, git log -- path with changed-path filters (the peer).',
  options: {
    entries: numberOption('entries of 2 KB', { default: 10_000, quick: 500 }),
    commits: numberOption('commits that each changed one', { default: 100_000, quick: 2_000 }),
    rounds: numberOption('readings of each kind', { default: 200, quick: 20 }),
    pushes: numberOption('pushes, and saves that are sent', { default: 11, quick: 3 }),
    saves: numberOption('saves a second during the first sync; 0: nobody saves', {
      ...{ default: 10, quick: 10, least: 0 },
    }),
  },
  async *measure({ entries, commits, rounds, pushes, saves }) {
    const place = await Place.make();
    try {
      const space = await startSpace(place, { entries, commits });
      yield* firstSync(space, saves);
      yield figure('a look where nothing is new', 'ms', [await timed(space.sync)], later);
      yield figure(
        'a push of 10 files, read',
        'ms',
        await pushed(space, { entries, rounds: pushes }),
        later,
      );
      yield figure(
        'a save, read back',
        'ms',
        await savedAndSent(space, { entries, rounds: pushes }),
        later,
      );
      yield* reads(space, { entries, rounds });
    } finally {
      await place.end();
    }
  },
});

async function* firstSync(space: BenchSpace, perSecond: number) {
  const group = 'The first sync';
  const transactions = (of: readonly number[]) =>
    figure('one of its transactions', 'ms', of, { group, note: `${of.length} transactions` });
  if (perSecond === 0) {
    yield figure('first sync, nobody saves', 'ms', [await timed(space.sync)], { group });
    yield transactions(space.transactions);
    return;
  }
  const pause = () => sleep(5_000);
  const before = await savesDuring(space, { name: 'before', perSecond, work: pause });
  yield { name: 'a save, nothing is read', unit: 'ms' as const, group, ...before };
  const first = timed(space.sync);
  const untilRead = async () => {
    const read = async () => (await findSpace(space.db, spaceId))?.syncedSha != null;
    const wait = async () => {
      while (!(await read())) await sleep(20);
    };
    // If the sync fails, this throws what it threw.
    await Promise.race([wait(), first.then(wait)]);
  };
  const meanwhile = await savesDuring(space, { name: 'during', perSecond, work: untilRead });
  // Then it sends what was saved.
  const reading = [...space.transactions];
  yield figure('first sync', 'ms', [await first], { group });
  yield { name: 'a save meanwhile', unit: 'ms' as const, group, ...meanwhile };
  yield transactions(reading);
}

/** How long reading each of some pushes took, in milliseconds. */
async function pushed(
  { repository, sync }: BenchSpace,
  { entries, rounds }: { entries: number; rounds: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => {
        const entry = (round * 1_009 + index * 97) % entries;
        return [pathOf(entry), textOf(entry, 1_000 + round)];
      }),
    );
    await repository.commit({ files, at: Math.floor(Date.now() / 1_000) });
    times.push(await timed(sync));
  }
  return times;
}

function savedAndSent(
  { db, sync }: BenchSpace,
  { entries, rounds }: { entries: number; rounds: number },
): Promise<number[]> {
  return timedRounds(rounds, async (round) => {
    const id = `customer-${(round * 31 + 5) % entries}`;
    const entry = await findEntry(db, spaceId, id);
    if (entry?.headText == null) throw new Error(`There is no ${id}.`);
    const fields = { industry: `new ${round}` };
    const edited = editEntry(entry.headText, customer, { fields });
    if (edited.kind === 'refused') throw new Error(edited.message);
    await saveEntry(db, { id, path: entry.path, text: edited.text, base: entry.headBlob });
    await sync();
  });
}

async function* reads(space: BenchSpace, { entries, rounds }: { entries: number; rounds: number }) {
  const { db, repository } = space;
  const group = 'Reading';
  const numberOf = (round: number) => (round * 7_919 + 13) % entries;
  const idOf = (round: number) => `customer-${numberOf(round)}`;
  const ago = new Date();
  ago.setUTCMonth(ago.getUTCMonth() - 6);
  const history = await timedRounds(rounds, (round) =>
    listVersions(db, spaceId, idOf(round), { kinds: null, limit: 50, before: null }),
  );
  const compare = await timedRounds(rounds, (round) => compareWith(space, idOf(round), ago));
  const search = await timedRounds(rounds, (round) =>
    listEntries(db, spaceId, {
      ...{ kinds: null, status: null, after: null, limit: 50 },
      words: ['customer', String(numberOf(round))],
      fields: [{ field: 'region', values: ['EMEA'] }],
      order: { by: { column: 'title' }, descending: false },
    }),
  );
  const { directory } = repository;
  await git(directory, ['commit-graph', 'write', '--reachable', '--changed-paths']);
  const log = await timedRounds(Math.min(rounds, 50), (round) =>
    git(directory, [
      ...['log', '--format=%H', '--max-count=50', 'main', '--'],
      pathOf(numberOf(round)),
    ]),
  );
  yield figure("an entry's history", 'ms', history, {
    ...{ group, peers: [{ name: 'git log -- path, with filters', value: median(log) }] },
  });
  yield figure('compare with 6 months ago', 'ms', compare, { group });
  yield figure('search', 'ms', search, { group });
}

/** What the API's comparison does: the version of then from the clone, the head from the database, and their diff. */
async function compareWith(
  { db, clones, texts, remote }: BenchSpace,
  id: string,
  at: Date,
): Promise<void> {
  const [entry, version] = await Promise.all([
    findEntry(db, spaceId, id),
    findVersionAt(db, spaceId, id, { at }),
  ]);
  if (entry?.headText == null || version?.blob == null) throw new Error(`${id} was not there.`);
  const { blob, sha } = version;
  const then = await clones.withClone(
    remote,
    { commit: sha },
    async (clone) => {
      for await (const { content } of clone.blobs([blob]))
        return Buffer.from(content ?? []).toString();
      throw new Error('The clone lacks the version.');
    },
    { signal: AbortSignal.timeout(60_000) },
  );
  const [before, after] = [readEntry(then, customer), readEntry(entry.headText, customer)];
  await texts.diff(before.body, after.body);
}
