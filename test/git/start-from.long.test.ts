import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlanOn, Tip } from '../../git/types.ts';
import {
  always,
  commit,
  installation,
  newDeliverer,
  everyCommitRecorded,
  once,
  outcomeOf,
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

async function deliver(plan: PlanOn, startFrom = 'main') {
  const remote = { ...bench.remote, branch: 'feature', startFrom };
  return outcomeOf(await bench.deliverer.deliver(remote, plan, unbounded()));
}

/** A history as a mirror finds it: five commits, the last one of another stream. */
async function mainWithHistory(): Promise<string> {
  await bench.repository.commitAll(
    [1, 2, 3, 4].map((number) => ({ files: { 'README.md': `theirs ${number}` } })),
  );
  const ofDefault = commit({ 'configs/a': 'default', 'configs/b': 'default' });
  const trailers = { ...ofDefault.trailers, stream: 'mirror/100/199' };
  const { tip } = await bench.deliverer.deliver(
    bench.remote,
    always({ ...ofDefault, trailers }),
    unbounded(),
  );
  return tip!;
}

describe('a branch that does not exist yet', () => {
  test('is created from the tip of another one, and contains what the plan changed', async () => {
    const start = await mainWithHistory();
    let seen: Tip | null = null;
    const delivery = await deliver(async (tip) => {
      seen = tip;
      expect(Object.keys(Object.fromEntries(await tip.listFiles(['configs'])))).toEqual([
        'configs/a',
        'configs/b',
      ]);
      expect((await tip.objectsAt(['configs/a', 'configs/z'])).size).toBe(1);
      return always(commit({ 'configs/a': 'feature', 'configs/b': null, 'configs/c': 'new' }))(tip);
    });

    expect(seen).toMatchObject({
      sha: null,
      repositoryEmpty: false,
      start: { branch: 'main', sha: start },
    });
    const [first, ...before] = await bench.repository.log('feature');
    expect(delivery).toEqual({ tip: first!.sha, commits: [first!.sha] });
    expect(first!.parents).toEqual([start]);
    expect(before).toHaveLength(5);
    expect(await bench.repository.changedPaths('feature')).toEqual([
      'configs/a',
      'configs/b',
      'configs/c',
    ]);
    expect(await bench.repository.read('README.md', 'feature')).toBe('theirs 4');
    expect(await bench.repository.tip('main')).toBe(start);
    await bench.repository.check();

    // From now on it is a branch like any other.
    const second = await deliver((tip) => {
      expect(tip).toMatchObject({ sha: first!.sha, start: null });
      return always(commit({ 'configs/c': 'newer' }))(tip);
    });
    const [tip] = await bench.repository.log('feature');
    expect(tip).toMatchObject({ sha: second.tip, parents: [first!.sha] });
  });

  test('costs one commit and its trees, however long the history is', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`f${index}`, `${'x'.repeat(10_000)}${index}`]),
    );
    await bench.repository.commitAll(
      Array.from({ length: 30 }, (_, at) => ({ files: { ...files, n: String(at) } })),
    );
    bench.server.requests.length = 0;
    await deliver(always(commit({ 'configs/a': '1' })));
    const fetches = bench.server.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('git-upload-pack'),
    );
    // ls-remote three times (our branch, all branches, reading back) and one fetch.
    expect(fetches.length).toBeLessThanOrEqual(5);
    expect(await bench.repository.log('feature')).toHaveLength(31);
  });

  test('has no commits of any stream on it, even if the branch that it starts from has', async () => {
    await mainWithHistory();
    await deliver(async (tip) => {
      expect(await tip.findStream('mirror/100/199', null, everyCommitRecorded)).toEqual({
        newer: [],
        knownFound: false,
        merged: false,
        complete: true,
      });
      return always(commit({ 'configs/a': 'feature' }))(tip);
    });
    await deliver(async (tip) => {
      const ours = await tip.findStream(stream, null, everyCommitRecorded);
      expect(ours.newer.map(({ trailers }) => trailers?.stream)).toEqual([stream]);
      // The newest commit was recorded for our stream, and not for theirs.
      const others = await tip.findStream('mirror/100/199', null, async (shas) => {
        const recorded = await everyCommitRecorded(shas);
        return new Map([...recorded].filter(([sha]) => sha !== tip.sha));
      });
      expect(others.newer.map(({ trailers }) => trailers?.stream)).toEqual(['mirror/100/199']);
      return { kind: 'nothing' };
    });
  });

  test('is not created if there is nothing to commit', async () => {
    await mainWithHistory();
    expect(await deliver(() => Promise.resolve({ kind: 'nothing' }))).toEqual({
      tip: null,
      commits: [],
    });
    expect(await deliver(always(commit({ 'configs/a': 'default' })))).toEqual({
      tip: null,
      commits: [null],
    });
    expect(await bench.repository.tip('feature')).toBeNull();
  });
});

describe('the starting point', () => {
  test('is nothing in an empty repository', async () => {
    await deliver((tip) => {
      expect(tip).toMatchObject({ sha: null, repositoryEmpty: true, start: null });
      return always(commit({ a: '1' }))(tip);
    });
    expect((await bench.repository.log('feature')).map(({ parents }) => parents)).toEqual([[]]);
  });

  test("is the remote's own default branch if the given one does not exist", async () => {
    const head = await bench.repository.commit({ files: { 'README.md': 'theirs' } });
    await deliver(always(commit({ a: '1' })), 'absent');
    const [first] = await bench.repository.log('feature');
    expect(first!.parents).toEqual([head]);
  });

  test('is nothing if that branch does not exist either', async () => {
    await bench.repository.commit({ files: { 'README.md': 'theirs' }, branch: 'other' });
    await deliver((tip) => {
      expect(tip).toMatchObject({ sha: null, repositoryEmpty: false, start: null });
      return always(commit({ a: '1' }))(tip);
    }, 'HEAD');
    expect((await bench.repository.log('feature')).map(({ parents }) => parents)).toEqual([[]]);
  });

  test('is never a branch whose name only has the same ending', async () => {
    await bench.repository.commit({ files: { a: 'x' }, branch: 'refs/heads/nested' });
    const head = await bench.repository.commit({ files: { a: 'y' } });
    await deliver(always(commit({ a: '1' })), 'nested');
    expect((await bench.repository.log('feature'))[0]!.parents).toEqual([head]);
  });

  test('must be the name of a branch', async () => {
    await expect(deliver(always(commit({ a: '1' })), '--upload-pack=x')).rejects.toMatchObject({
      code: 'repository_error',
    });
  });
});

describe('while a branch is being created', () => {
  test.each([1, 2, 30])('the starting point can move by %i', async (steps) => {
    const start = await mainWithHistory();
    const parents: (string | undefined)[] = [];
    await deliver(async (tip) => {
      parents.push(tip.start?.sha);
      if (parents.length === 1)
        await bench.repository.commitAll(
          Array.from({ length: steps }, (_, at) => ({ files: { theirs: `${at}` } })),
        );
      return always(commit({ 'configs/a': 'feature' }))(tip);
    });
    const [first] = await bench.repository.log('feature');
    expect(parents[0]).toBe(start);
    expect(first!.parents).toEqual([parents.at(-1)]);
    await bench.repository.check();
  });

  test('the starting point can be rewritten, so that its commit no longer exists', async () => {
    await mainWithHistory();
    let calls = 0;
    let rewritten = '';
    await deliver(async (tip) => {
      calls += 1;
      if (calls === 1) {
        rewritten = await bench.repository.commit({ files: { anew: '1' }, orphan: true });
        await bench.repository.git(['reflog', 'expire', '--expire=now', '--all']);
        await bench.repository.git(['gc', '--quiet', '--prune=now']);
      }
      return always(commit({ 'configs/a': 'feature' }))(tip);
    });
    expect((await bench.repository.log('feature'))[0]!.parents).toEqual([rewritten]);
    await bench.repository.check();
  });

  test('someone else can create the branch', async () => {
    await mainWithHistory();
    let theirs = '';
    await deliver(async (tip) => {
      if (theirs === '') {
        await bench.repository.setBranch('feature', (await bench.repository.tip('main'))!);
        theirs = await bench.repository.commit({ files: { theirs: '1' }, branch: 'feature' });
      } else expect(tip).toMatchObject({ sha: theirs, start: null });
      return always(commit({ 'configs/a': 'feature' }))(tip);
    });
    const [first] = await bench.repository.log('feature');
    expect(first!.parents).toEqual([theirs]);
    expect(await bench.repository.read('theirs', 'feature')).toBe('1');
  });

  test('the answer to the push can be lost, and someone can continue from it', async () => {
    await mainWithHistory();
    const planned = commit({ 'configs/a': 'feature' });
    const first = await deliver(once(planned));
    await bench.repository.commit({ files: { theirs: '1' }, branch: 'feature' });
    // Another process, which knows nothing about the delivery.
    const other = await newDeliverer(bench.cacheDirectory);
    const remote = { ...bench.remote, branch: 'feature', startFrom: 'main' };
    const again = await other.deliver(remote, once(planned), unbounded());
    await other.close();
    expect(again.commits).toEqual([]);
    const ours = (await bench.repository.log('feature')).filter(({ message }) =>
      message.includes(`Gitward-Stream: ${stream}\nGitward-Installation: ${installation}`),
    );
    expect(ours.map(({ sha }) => sha)).toEqual([first.tip]);
  });
});
