import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FindRecorded } from '../../git/types.ts';
import { formatTrailers } from '../../git/deliver/trailers.ts';
import {
  always,
  commit,
  everyCommitRecorded,
  findWithNewCache,
  installation,
  newDeliverer,
  noCommitRecorded,
  sendBatch,
  startBench,
  stream,
  unbounded,
} from './deliveries.ts';
import type { Bench } from './deliveries.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

/** See {@link findWithNewCache}. */
const find = (knownSha: string | null, of = stream, recorded?: FindRecorded) =>
  findWithNewCache(bench, { knownSha, of, recorded });
/** See {@link sendBatch}. */
const send = (content: string, batch: string) => sendBatch(bench, content, batch);

async function foreign(count: number): Promise<void> {
  const files = Array.from({ length: count }, (_, at) => ({ theirs: `${at} ${Math.random()}` }));
  await bench.repository.commitAll(files.map((theirs) => ({ files: theirs })));
}

test('the search stops at the known commit, however deep it is', async () => {
  const known = await send('1', 'batch-1');
  const second = await send('2', 'batch-2');
  await foreign(30);
  const third = await send('3', 'batch-3');
  await foreign(5);
  const found = await find(known);
  expect(found).toMatchObject({ knownFound: true, complete: false });
  expect(found.newer.map(({ sha, trailers }) => [sha, trailers?.batches])).toEqual([
    [third, ['batch-3']],
    [second, ['batch-2']],
  ]);
});

test('without a known commit, the newest commit of the stream is found', async () => {
  await send('1', 'batch-1');
  const second = await send('2', 'batch-2');
  await foreign(25);
  expect(await find(null)).toMatchObject({
    newer: [{ sha: second, committedAt: new Date('2026-03-01T10:00:00Z') }],
    knownFound: false,
  });
});

test('without a known commit, a forged one is passed over, down to the newest recorded one', async () => {
  const first = await send('1', 'batch-1');
  const forged = await send('2', 'batch-1');
  await foreign(25);
  const recorded: FindRecorded = (shas) =>
    Promise.resolve(new Map(shas.includes(first) ? [[first, ['batch-1']]] : []));
  const found = await find(null, stream, recorded);
  expect(found.newer.map(({ sha, recorded: batches }) => [sha, batches])).toEqual([
    [forged, null],
    [first, ['batch-1']],
  ]);
});

test('a recorded commit is ours, even if its message can no longer be read', async () => {
  const known = await send('1', 'batch-1');
  const planned = commit({ ours: '2' }, { batch: 'batch-2' });
  const [unreadable] = (
    await bench.deliverer.deliver(
      bench.remote,
      always({ ...planned, trailers: { ...planned.trailers, through: 10 ** 15 } }),
      unbounded(),
    )
  ).commits;
  await foreign(25);
  const recorded: FindRecorded = (shas) =>
    Promise.resolve(new Map(shas.includes(unreadable!) ? [[unreadable!, ['batch-2']]] : []));
  for (const from of [known, null])
    expect((await find(from, stream, recorded)).newer).toMatchObject([
      { sha: unreadable, trailers: null, recorded: ['batch-2'] },
    ]);
  expect((await find(known, stream, noCommitRecorded)).newer).toEqual([]);
});

test('the database is asked once per step of the search, and only for commits by Gitward', async () => {
  const known = await send('1', 'batch-1');
  const second = await send('2', 'batch-2');
  await foreign(30);
  const third = await send('3', 'batch-3');
  const asked: (readonly string[])[] = [];
  await find(known, stream, (shas) => {
    asked.push(shas);
    return noCommitRecorded(shas);
  });
  expect(asked).toEqual([[third], [second]]);
});

test('commits of another stream or committer, and unknown ids, are not found', async () => {
  const sent = await send('1', 'batch-1');
  const trailers = {
    stream,
    installation,
    batches: ['x'],
    through: 999_999,
    reason: 'changes' as const,
  };
  await bench.repository.commit({
    files: { x: '1' },
    message: `Forged\n\n${formatTrailers(trailers, { coAuthors: [] })}\n`,
  });
  expect(await find(null, 'mirror/100/201', noCommitRecorded)).toEqual({
    newer: [],
    knownFound: false,
    merged: false,
    complete: true,
  });
  const onlySent: FindRecorded = (shas) =>
    Promise.resolve(new Map(shas.includes(sent) ? [[sent, ['batch-1']]] : []));
  const { newer } = await find(null, stream, onlySent);
  expect(newer.map(({ sha }) => sha)).toEqual([sent]);
  expect(await find('0123456789012345678901234567890123456789')).toMatchObject({
    knownFound: false,
    merged: false,
    complete: true,
  });
});

test('our commits are found if someone merged them into a line of their own', async () => {
  const known = await send('1', 'batch-1');
  const second = await send('2', 'batch-2');
  await bench.repository.commit({ files: { theirs: '1' }, orphan: true, branch: 'theirs' });
  const merged = await bench.repository.commit({
    files: { ours: '2' },
    branch: 'theirs',
    merge: second,
  });
  await bench.repository.setBranch('main', merged);
  const found = await find(known);
  expect(found).toMatchObject({ knownFound: true, merged: true });
  expect(found.newer.map(({ sha }) => sha)).toEqual([second]);
});

test('our commits are found if someone merged them beside the known one; others have to be on the line', async () => {
  const known = await send('1', 'batch-1');
  const second = await send('2', 'batch-2');
  await send('3', 'batch-3');
  await bench.repository.setBranch('theirs', known);
  await bench.repository.commit({ files: { theirs: '1' }, branch: 'theirs' });
  const merge = { files: { ours: '3' }, branch: 'theirs', merge: (await bench.repository.tip())! };
  await bench.repository.setBranch('main', await bench.repository.commit(merge));
  const recorded: FindRecorded = (shas) =>
    Promise.resolve(new Map(shas.includes(second) ? [[second, ['batch-2']]] : []));
  const found = await find(known, stream, recorded);
  expect(found).toMatchObject({ knownFound: true, merged: true });
  expect(found.newer.map(({ sha }) => sha)).toEqual([second]);
  expect(await find(known, stream, noCommitRecorded)).toMatchObject({ newer: [], merged: false });
});

test('what we committed on such a line is on it', async () => {
  const known = await send('1', 'batch-1');
  await bench.repository.commit({ files: { theirs: '1' }, orphan: true, branch: 'theirs' });
  const merge = { files: { ours: '1' }, branch: 'theirs', merge: known };
  await bench.repository.setBranch('main', await bench.repository.commit(merge));
  const second = await send('2', 'batch-2');
  expect(await find(known)).toMatchObject({ newer: [{ sha: second }], merged: false });
});

test('a cache that was deepened can still deliver', async () => {
  const known = await send('1', 'batch-1');
  await foreign(40);
  const fresh = await newDeliverer(bench.cacheDirectory);
  await fresh.deliver(
    bench.remote,
    async (tip) => {
      expect(await tip.findStream(stream, known, everyCommitRecorded)).toMatchObject({
        knownFound: true,
      });
      return { kind: 'commits', commits: [commit({ ours: '2', theirs: 'mine', 'new/file': 'n' })] };
    },
    unbounded(),
  );
  // A tip with a tree from a commit of which the cache has only the commit itself.
  await bench.repository.commit({ files: { ours: '1', theirs: null, 'new/file': null } });
  await fresh.deliver(bench.remote, always(commit({ ours: '3' })), unbounded());
  await fresh.close();
  expect(await bench.repository.files()).toEqual({ ours: '3' });
  await bench.repository.check();
});
