import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlanOn } from '../../git/types.ts';
import { GitRepository } from '../support/git-repository.ts';
import { writeCommit } from '../support/raw-commit.ts';
import {
  ada,
  always,
  commit,
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

async function deliver(plan: PlanOn) {
  return outcomeOf(await bench.deliverer.deliver(bench.remote, plan, unbounded()));
}

describe('a tip that somebody made', () => {
  test.each([
    ['no time', 'A <a@b>', '2026-03-01T10:00:00+00:00'],
    ['a time before 1970', 'A <a@b> -5 +0000', '2026-03-01T10:00:00+00:00'],
    ['a time in words', 'A <a@b> tomorrow', '2026-03-01T10:00:00+00:00'],
    ['a time in the far future', 'A <a@b> 99999999999999999999 +0000', '9999-12-31T23:59:59+00:00'],
    ['no committer', null, '2026-03-01T10:00:00+00:00'],
  ])('with %s can be built on', async (_, committer, committedAt) => {
    const { repository } = bench;
    const parent = await repository.commit({ files: { theirs: '1' } });
    const tree = (await repository.git(['rev-parse', `${parent}^{tree}`])).toString().trim();
    const parents = [parent];
    const made = await writeCommit(repository, { tree, parents, committer, message: 'x\n' });
    await repository.setBranch('main', made);
    await deliver(always(commit({ ours: '1' })));
    expect((await repository.log())[0]).toMatchObject({ parents: [made], committedAt });
  });

  test('is read although other branches and tags are named like it; they only stop pushes', async () => {
    const { repository } = bench;
    const theirs = await repository.commit({ files: { theirs: '1' } });
    const other = await repository.commit({ files: { other: '1' }, branch: 'other' });
    const alike = ['refs/heads/refs/heads/main', 'refs/tags/refs/heads/main', 'refs/tags/main'];
    for (const ref of alike) await repository.git(['update-ref', ref, other]);
    await expect(deliver(always(commit({ ours: '1' })))).rejects.toMatchObject({
      code: 'branch_protected',
      message: expect.stringContaining('Remove it from the repository'),
    });
    for (const ref of alike.slice(0, 2)) await repository.git(['update-ref', '-d', ref]);
    await deliver(always(commit({ ours: '1' })));
    await repository.git(['update-ref', '-d', 'refs/tags/main']);
    expect((await repository.log())[0]).toMatchObject({ parents: [theirs] });
  });
});

describe('a first delivery', () => {
  test('creates the first branch of an empty repository', async () => {
    const delivery = await deliver(always(commit({ 'configs/a.json': '{}\n' })));

    const [only, ...others] = await bench.repository.log();
    expect(others).toEqual([]);
    expect(delivery).toEqual({ tip: only!.sha, commits: [only!.sha] });
    expect(only).toMatchObject({
      parents: [],
      author: ada,
      authoredAt: '2026-03-01T10:00:00+00:00',
      committer: { name: 'Gitward', email: 'gitward@localhost' },
      committedAt: '2026-03-01T10:00:00+00:00',
      subject: 'Change something',
    });
    expect(await bench.repository.files()).toEqual({ 'configs/a.json': '{}\n' });
    expect(await bench.repository.tree()).toEqual(['100644 configs/a.json']);
    await bench.repository.check();
  });

  test('creates its own branch if the repository has others', async () => {
    await bench.repository.commit({ files: { 'README.md': 'theirs' }, branch: 'other' });
    await deliver((tip) => {
      expect(tip).toMatchObject({ sha: null, repositoryEmpty: false });
      return always(commit({ a: '1' }))(tip);
    });
    expect(await bench.repository.files('main')).toEqual({ a: '1' });
    expect(await bench.repository.files('other')).toEqual({ 'README.md': 'theirs' });
  });

  test('also works on the file system', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'git-file-'));
    const repository = await GitRepository.create(join(directory, 'a b ü.git'));
    const remote = {
      ...bench.remote,
      url: `file://${directory}/a%20b%20%C3%BC.git`,
      credential: null,
    };
    await bench.deliverer.deliver(remote, always(commit({ a: '1' })), unbounded());
    await repository.commit({ files: { theirs: 't' } });
    await bench.deliverer.deliver(remote, always(commit({ a: '2' })), unbounded());
    expect(await repository.files()).toEqual({ a: '2', theirs: 't' });
    await rm(directory, { recursive: true });
  });
});

describe('delivered commits', () => {
  test('have the same ids for the same plan on the same parent, whatever the cache', async () => {
    await bench.repository.commit({ files: { 'README.md': 'theirs' } });
    const base = (await bench.repository.tip())!;
    const plan = always(commit({ 'configs/a': '1' }), commit({ 'configs/b': '2' }));
    const first = await deliver(plan);

    await bench.repository.setBranch('main', base);
    const other = await newDeliverer(bench.cacheDirectory);
    const second = await other.deliver(bench.remote, plan, unbounded());
    await other.close();

    expect(second.commits).toEqual(first.commits);
    expect(first.commits).toHaveLength(2);
  });

  test('keep their authors and times, go out in one push, and never go back in time', async () => {
    await bench.repository.commit({
      files: { x: 'x' },
      at: Date.parse('2026-03-01T11:00:00Z') / 1000,
    });
    const bob = { name: 'bob@example.com', email: 'bob@example.com' };
    await deliver(
      always(
        commit({ a: '1' }, { authoredAt: new Date('2026-03-01T10:00:00Z') }),
        commit(
          { a: '2' },
          { authoredAt: new Date('2026-03-01T12:00:00Z'), author: bob, coAuthors: [ada] },
        ),
        commit({ a: '3' }, { authoredAt: new Date('2026-03-01T11:30:00Z') }),
      ),
    );
    const log = await bench.repository.log();
    expect(log.map(({ authoredAt, committedAt }) => [authoredAt, committedAt])).toEqual([
      ['2026-03-01T11:30:00+00:00', '2026-03-01T12:00:00+00:00'],
      ['2026-03-01T12:00:00+00:00', '2026-03-01T12:00:00+00:00'],
      ['2026-03-01T10:00:00+00:00', '2026-03-01T11:00:00+00:00'],
      ['2026-03-01T11:00:00+00:00', '2026-03-01T11:00:00+00:00'],
    ]);
    expect(log[1]).toMatchObject({ author: bob });
    expect(log[1]!.message).toContain(
      'Co-authored-by: Ada Lovelace <ada@example.com>\nGitward-Stream:',
    );
    const pushes = bench.server.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('git-receive-pack'),
    );
    expect(pushes).toHaveLength(1);
  });

  test('are not made if a planned commit changes nothing', async () => {
    await deliver(always(commit({ a: '1' })));
    const before = await bench.repository.tip();
    expect(await deliver(always(commit({ a: '1' }), commit({ gone: null })))).toEqual({
      tip: before,
      commits: [before, before],
    });
    const partly = await deliver(
      always(commit({ a: '1' }), commit({ a: '2' }), commit({ a: '2' })),
    );
    const after = await bench.repository.tip();
    expect(partly.commits).toEqual([before, after, after]);
    expect(await bench.repository.log()).toHaveLength(2);
  });

  test('can contain any path', async () => {
    const paths = [
      'with space/a b',
      'quote"s/\'and\' "more"',
      'back\\slash',
      'new\nline/x\ny',
      'tab\there',
      'žluťoučký/kůň',
      'emoji/🚀.json',
      '*?[glob]',
      ':(top)magic',
      '-dash/--option',
      ' leading and trailing ',
      '"quoted"',
    ];
    const files = Object.fromEntries(paths.map((path, index) => [path, String(index)]));
    await deliver(always(commit(files)));
    expect(await bench.repository.files()).toEqual(files);

    await deliver(async (tip) => {
      expect([...(await tip.objectsAt([...paths, 'absent'])).keys()].sort()).toEqual(
        [...paths].sort(),
      );
      expect([...(await tip.listFiles([''])).keys()].sort()).toEqual([...paths].sort());
      return {
        kind: 'commits',
        commits: [commit(Object.fromEntries(paths.map((path) => [path, null])))],
      };
    });
    expect(await bench.repository.files()).toEqual({});
    await bench.repository.check();
  });

  test('can turn a file into a folder and back', async () => {
    await deliver(always(commit({ a: '1', 'b/c': '2' })));
    await deliver(always(commit({ 'a/x': '3', a: null, 'b/c': null, b: '4' })));
    expect(await bench.repository.files()).toEqual({ 'a/x': '3', b: '4' });
  });

  test.each([
    '.git/config',
    'a/.GIT/x',
    '../x',
    '/x',
    'a//b',
    'a/./b',
    'git~1',
    '.g\u200cit',
    '',
    'a\0b',
  ])('are refused for the path %j', async (path) => {
    await expect(deliver(always(commit({ [path]: 'x' })))).rejects.toMatchObject({
      code: 'internal_error',
    });
    expect(await bench.repository.tip()).toBeNull();
  });
});

describe('the plan', () => {
  test('is made for the tip, and sees its files and blob ids', async () => {
    await bench.repository.commit({
      files: {
        ...{ 'configs/a': 'one', 'configs/d/b': 'two' },
        other: { mode: '100755', text: 'three' },
      },
    });
    const tip = await bench.repository.tip();
    await bench.deliverer.withTip(
      bench.remote,
      async (seen) => {
        expect(seen).toMatchObject({ sha: tip, repositoryEmpty: false });
        const listed = await seen.listFiles(['configs', 'absent']);
        expect([...listed.keys()]).toEqual(['configs/a', 'configs/d/b']);
        expect(listed.get('configs/a')).toBe('43dd47ea691c90a5fa7827892c70241913351963');
        const many = Array.from({ length: 500 }, (_, index) => `configs/absent-${index}`);
        for (const others of [[], many])
          expect(
            await seen.objectsAt(['other', 'configs', 'configs/d', 'configs/a', 'a', ...others]),
          ).toEqual(
            new Map([
              ['configs', { type: 'folder', id: expect.any(String), executable: false }],
              ['configs/a', { type: 'file', id: listed.get('configs/a'), executable: false }],
              ['configs/d', { type: 'folder', id: expect.any(String), executable: false }],
              ['other', { type: 'file', id: expect.any(String), executable: true }],
            ]),
          );
      },
      unbounded(),
    );
  });

  test('can hold the delivery, so that nothing is sent', async () => {
    const held = deliver(() =>
      Promise.resolve({ kind: 'held', code: 'not_adopted', message: 'Look first.' }),
    );
    await expect(held).rejects.toMatchObject({ code: 'not_adopted', message: 'Look first.' });
    expect(await bench.repository.tip()).toBeNull();
  });

  test('sees a deleted branch, and one that was overwritten', async () => {
    const { tip: delivered } = await deliver(always(commit({ a: '1' })));
    await bench.repository.commit({ files: { b: '2' }, orphan: true });
    await bench.deliverer.withTip(
      bench.remote,
      async (tip) => {
        expect(await tip.findStream(stream, delivered, everyCommitRecorded)).toEqual({
          newer: [],
          knownFound: false,
          merged: false,
          complete: true,
        });
      },
      unbounded(),
    );
    await bench.repository.deleteBranch();
    await bench.deliverer.withTip(
      bench.remote,
      (tip) => {
        expect(tip).toMatchObject({ sha: null, repositoryEmpty: true });
        return Promise.resolve();
      },
      unbounded(),
    );
  });
});

describe('a concurrent push', () => {
  test('that comes in between is kept, and a new plan is made', async () => {
    await deliver(always(commit({ a: '1' })));
    const tips: (string | null)[] = [];
    let foreign = '';
    bench.server.beforePush = async () => {
      bench.server.beforePush = null;
      foreign = await bench.repository.commit({ files: { 'their file': 'theirs' } });
    };
    const delivery = await deliver((tip) => {
      tips.push(tip.sha);
      return always(commit({ a: '2' }))(tip);
    });
    expect(tips).toHaveLength(2);
    expect(tips[1]).toBe(foreign);
    expect((await bench.repository.log()).map(({ sha }) => sha).slice(0, 2)).toEqual([
      delivery.tip,
      foreign,
    ]);
    expect(await bench.repository.files()).toEqual({ a: '2', 'their file': 'theirs' });
  });

  test('on top of ours, before we read it back, does not hide ours', async () => {
    await bench.repository.commit({ files: { x: 'x' } });
    let theirs = '';
    bench.server.afterPush = async () => {
      bench.server.afterPush = null;
      theirs = await bench.repository.commitAll(
        Array.from({ length: 30 }, (_, at) => ({ files: { theirs: String(at) } })),
      );
    };
    const delivery = await deliver(always(commit({ a: '1' })));
    expect(delivery.tip).toBe(theirs);
    expect((await bench.repository.log()).at(-2)!.sha).toBe(delivery.commits[0]);
  });

  test('that overwrites ours, before we read it back, makes us send it again', async () => {
    await bench.repository.commit({ files: { x: 'x' } });
    const base = (await bench.repository.tip())!;
    bench.server.afterPush = async () => {
      bench.server.afterPush = null;
      await bench.repository.setBranch('main', base);
      await bench.repository.commit({ files: { over: 'ours' } });
    };
    await deliver(always(commit({ a: '1' })));
    expect(await bench.repository.files()).toEqual({ a: '1', over: 'ours', x: 'x' });
  });
});

describe('exactly once', () => {
  test('a lost answer is found by reading the branch back', async () => {
    bench.server.loseNextAnswer = true;
    const delivery = await deliver(always(commit({ a: '1' })));
    expect(delivery.commits).toEqual([await bench.repository.tip()]);
  });

  test('a crash between push and bookkeeping is found in the history', async () => {
    const planned = commit({ a: '1' });
    await deliver(once(planned));
    await bench.repository.commit({ files: { theirs: 't' } });
    const other = await newDeliverer(bench.cacheDirectory);
    expect((await other.deliver(bench.remote, once(planned), unbounded())).commits).toEqual([]);
    await other.close();
    expect(await bench.repository.log()).toHaveLength(2);
  });

  test('a crash between commit and push leaves nothing behind that counts', async () => {
    const planned = commit({ a: '1' });
    const controller = new AbortController();
    bench.server.beforePush = () => {
      controller.abort(new Error('killed'));
      return Promise.reject(new Error('the push never arrives'));
    };
    const killed = bench.deliverer.deliver(bench.remote, once(planned), {
      signal: controller.signal,
    });
    await expect(killed).rejects.toThrow('killed');
    bench.server.beforePush = null;
    await deliver(once(planned));
    await deliver(once(planned));
    expect(await bench.repository.log()).toHaveLength(1);
  });
});

describe('the cache', () => {
  test('can be deleted or damaged between two deliveries', async () => {
    await deliver(always(commit({ a: '1' })));
    await rm(bench.cacheDirectory, { recursive: true });
    await deliver(always(commit({ a: '2' })));

    const [own] = await readdir(bench.cacheDirectory);
    const [cache] = await readdir(join(bench.cacheDirectory, own!));
    await rm(join(bench.cacheDirectory, own!, cache!, 'objects'), { recursive: true });
    await deliver(always(commit({ a: '3' })));
    expect(await bench.repository.log()).toHaveLength(3);
  });

  test('contains no content of files that we do not write', async () => {
    await bench.repository.commit({ files: { big: 'x'.repeat(100_000), small: 's' } });
    await deliver(always(commit({ a: '1' })));
    const [own] = await readdir(bench.cacheDirectory);
    const [cache] = await readdir(join(bench.cacheDirectory, own!));
    const inCache = new GitRepository(join(bench.cacheDirectory, own!, cache!));
    const objects = (
      await inCache.git([
        'cat-file',
        '--batch-all-objects',
        '--batch-check=%(objecttype) %(objectsize)',
      ])
    ).toString();
    expect(objects.split('\n').filter((line) => line.startsWith('blob'))).toEqual(['blob 1']);
  });

  test('of a dead process is removed by the next process', async () => {
    const { hostname } = await import('node:os');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(bench.cacheDirectory, `${hostname()}@999999999@00`));
    const other = await newDeliverer(bench.cacheDirectory);
    expect((await readdir(bench.cacheDirectory)).some((name) => name.includes('999999999'))).toBe(
      false,
    );
    await other.close();
  });
});
