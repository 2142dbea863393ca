import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Clone, LoggedCommit, ReadBlob } from '../../git/clones/clone-types.ts';
import { createGitClones, type ClosableGitClones } from '../../git/clones/clones.ts';
import type { Remote } from '../../git/types.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';

let server: GitServer;
let count = 0;
let repository: GitRepository;
let remote: Remote;
let cacheDirectory: string;
let clones: ClosableGitClones;
const warnings: string[] = [];
const { signal } = new AbortController();

function newClones(more: { packEvery?: number } = {}): Promise<ClosableGitClones> {
  const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
  const logger = { warn: (_fields: object, message: string) => void warnings.push(message) };
  return createGitClones({ cacheDirectory, policy, logger, ...more });
}

function fresh<T>(use: (clone: Clone) => Promise<T>): Promise<T> {
  return clones.withClone(remote, 'fresh', use, { signal });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function logOf(to: string, folder = '', from: string | null = null): Promise<LoggedCommit[]> {
  return fresh((clone) => all(clone.log({ from, to, folder })));
}

function fetches(): number {
  return server.requests.filter(({ path }) => path.endsWith('/git-upload-pack')).length;
}

beforeAll(async () => {
  server = await GitServer.start();
});
afterAll(() => server.close());

beforeEach(async () => {
  await server.comeBack();
  count += 1;
  repository = await server.createRepository(`r${count}`);
  remote = { url: server.url(`r${count}`), branch: 'main', credential: server.credential };
  cacheDirectory = await mkdtemp(join(tmpdir(), 'git-clones-'));
  clones = await newClones();
  warnings.length = 0;
});
afterEach(async () => {
  await clones.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

describe('requested freshness of a clone', () => {
  test('fresh: it looks at the remote, and fetches only what is new', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    expect(await fresh((clone) => Promise.resolve(clone.tip))).toBe(one);
    const before = fetches();
    expect(await fresh((clone) => Promise.resolve(clone.tip))).toBe(one);
    // One request for the tip, no pack.
    expect(fetches() - before).toBe(1);
    const two = await repository.commit({ files: { a: '2' } });
    expect(await fresh((clone) => Promise.resolve(clone.tip))).toBe(two);
  });

  test('false: it uses what it has, even if the remote is unreachable, and fetches if it has nothing', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    const read = () =>
      clones.withClone(remote, false, (clone) => Promise.resolve(clone.tip), { signal });
    expect(await read()).toBe(one);
    await repository.commit({ files: { a: '2' } });
    await server.goAway();
    expect(await read()).toBe(one);
  });

  test('a commit: it fetches only if it does not have that commit', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    const two = await repository.commit({ files: { a: '2' } });
    const has = (commit: string) =>
      clones.withClone(remote, { commit }, (clone) => clone.has(commit), { signal });
    const before = fetches();
    expect(await has(one)).toBe(true);
    expect(fetches()).toBe(before);
    expect(await has(two)).toBe(true);
    // The refs and the pack. It was not asked first whether there is something new.
    expect(fetches() - before).toBe(2);
    await server.goAway();
    expect(await has(one)).toBe(true);
    await expect(has('0'.repeat(40))).rejects.toMatchObject({ code: 'repository_unreachable' });
  });

  test('the tip shows an empty repository, a deleted branch and one that was created again', async () => {
    const tip = () => fresh((clone) => Promise.resolve(clone.tip));
    expect(await tip()).toBe(null);
    expect(await clones.askTip(remote, { signal })).toBe(null);
    const one = await repository.commit({ files: { a: '1' } });
    expect(await tip()).toBe(one);
    expect(await clones.askTip(remote, { signal })).toBe(one);
    await repository.setBranch('other', one);
    await repository.deleteBranch();
    expect(await tip()).toBe(null);
    await repository.setBranch('main', one);
    expect(await tip()).toBe(one);
  });

  test('a commit of a branch that has been deleted meanwhile: the tip shows it, and nothing is fetched anew', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    await repository.setBranch('other', one);
    await repository.deleteBranch();
    const commit = '1'.repeat(40);
    const found = clones.withClone(
      remote,
      { commit },
      async (clone) => [clone.tip, await clone.has(commit), await clone.has(one)],
      { signal },
    );
    expect(await found).toEqual([null, false, true]);
    expect(warnings).toEqual([]);
  });

  test('after a force push the tip is the new one, and older commits can still be read', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    const two = await repository.commit({ files: { a: '2' } });
    await fresh(() => Promise.resolve());
    await repository.setBranch('main', one);
    const three = await repository.commit({ files: { a: '3' } });
    await fresh(async (clone) => {
      expect(clone.tip).toBe(three);
      expect(await clone.has(two)).toBe(true);
      expect(await clone.isAncestor(two, three)).toBe(false);
      expect(await clone.isAncestor(one, three)).toBe(true);
      expect(await clone.firstParents(three)).toEqual([three, one]);
      expect(await clone.firstParents(three, 1)).toEqual([three]);
    });
  });

  test('a commit is found below others that are dated before it', async () => {
    const one = await repository.commit({ files: { a: '1' }, at: 1_700_000_060 });
    const later = Array.from({ length: 25 }, (_, at) => ({
      files: { a: `${at}` },
      at: 1_700_000_000,
    }));
    const tip = await repository.commitAll(later);
    await fresh(async (clone) => {
      expect(await clone.isAncestor(one, tip)).toBe(true);
      expect(await clone.isAncestor(tip, one)).toBe(false);
      expect(await clone.isAncestor(tip, tip)).toBe(true);
    });
  });

  test('failures of the remote are classified, and contain no secret', async () => {
    await repository.commit({ files: { a: '1' } });
    remote = { ...remote, credential: { username: 'gitward', password: 'a-wrong-password' } };
    const refused = fresh(() => Promise.resolve());
    await expect(refused).rejects.toMatchObject({ code: 'credential_refused' });
    await expect(refused).rejects.not.toThrow(/a-wrong-password/);
    await expect(
      clones.askTip({ ...remote, url: server.url('none') }, { signal }),
    ).rejects.toMatchObject({ name: 'StreamFailure' });
    await server.goAway();
    await expect(fresh(() => Promise.resolve())).rejects.toMatchObject({
      code: 'repository_unreachable',
    });
    await expect(
      clones.withClone({ ...remote, url: 'file:///etc' }, 'fresh', () => Promise.resolve(), {
        signal,
      }),
    ).rejects.toMatchObject({ code: 'address_refused' });
  });
});

describe('reading a clone', () => {
  test('changes are the differences below a folder, without symlinks and submodules', async () => {
    const one = await repository.commit({
      files: { 'k/a.md': 'a', 'k/b.md': 'b', 'kit/c.md': 'c', d: 'd' },
    });
    const id = (text: string) => repository.git(['hash-object', '--stdin'], Buffer.from(text));
    const a = (await id('a')).toString().trim();
    await repository.git(
      ['fast-import', '--quiet', '--done'],
      Buffer.from(
        'commit refs/heads/main\ncommitter A <a@b> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n' +
          `M 120000 inline k/a.md\ndata 3\nb.m\nM 160000 ${one} k/sub\nD k/b.md\n` +
          'M 100755 inline k/new.md\ndata 1\na\ndone\n',
      ),
    );
    await fresh(async (clone) => {
      const two = clone.tip!;
      expect(await clone.changes(null, one, 'k')).toEqual([
        { path: 'k/a.md', blobId: a },
        { path: 'k/b.md', blobId: (await id('b')).toString().trim() },
      ]);
      expect(await clone.changes(null, two, 'k')).toEqual([{ path: 'k/new.md', blobId: a }]);
      const differences = [
        { path: 'k/a.md', blobId: null },
        { path: 'k/b.md', blobId: null },
        { path: 'k/new.md', blobId: a },
        { path: 'k/sub', blobId: null },
      ];
      expect(await clone.changes(one, two, 'k')).toEqual(differences);
      const [, logged] = await all(clone.log({ from: null, to: two, folder: 'k' }));
      expect(logged?.changes).toEqual(differences);
      expect(await clone.changes(one, two, 'kit')).toEqual([]);
      expect((await clone.changes(null, one, '')).map(({ path }) => path)).toHaveLength(4);
      expect(await clone.blobAt(one, 'k/a.md')).toBe(a);
      for (const path of ['k/a.md', 'k', 'k/sub', 'k/none', '', 'k/', '../k', '*'])
        expect(await clone.blobAt(two, path), path).toBe(null);
      await expect(clone.changes('0'.repeat(40), two, '')).rejects.toMatchObject({
        code: 'repository_error',
      });
    });
  });

  test('the log follows the first parents, oldest first, and a merge shows what it brought in', async () => {
    const one = await repository.commit({ files: { 'k/a': '1' }, at: 1_700_000_100 });
    await repository.setBranch('side', one);
    const side = await repository.commit({ files: { 'k/s': 's' }, branch: 'side' });
    const two = await repository.commit({ files: { other: 'o' }, at: 1_600_000_000 });
    const merge = await repository.commit({ files: { 'k/s': 's' }, merge: side, message: 'Merge' });
    const log = await logOf(merge, 'k');
    expect(log.map(({ sha, parent, changes }) => [sha, parent, changes[0]?.path])).toEqual([
      [one, null, 'k/a'],
      [merge, two, 'k/s'],
    ]);
    expect(log[0]).toMatchObject({
      author: { name: 'Somebody', email: 'somebody@example.com' },
      authoredAt: new Date(1_700_000_100_000),
      committedAt: new Date(1_700_000_100_000),
    });
    expect((await logOf(merge, 'k', one)).map(({ sha }) => sha)).toEqual([merge]);
    expect((await logOf(merge)).map(({ sha }) => sha)).toEqual([one, two, merge]);
  });

  test('no message, name or path can forge a record', async () => {
    const forged = `${'1'.repeat(40)}\n\n:000000 100644 ${'0'.repeat(40)} ${'2'.repeat(40)} A`;
    const message = `subject\n\n\x01${forged}\n:100644`;
    const paths = ['k/"quoted"', 'k/line\nend', "k/it's", 'k/:100644 x', 'k/é'];
    const files = paths
      .map((path) => `M 100644 inline ${JSON.stringify(path)}\ndata 1\nx\n`)
      .join('');
    await repository.git(
      ['fast-import', '--quiet', '--done'],
      Buffer.concat([
        Buffer.from(
          `commit refs/heads/main\nauthor ${'1'.repeat(40)} :0 <a@b> 9999999999999 +0000\n` +
            'committer A <a@b> 1700000000 +0000\n' +
            `data ${Buffer.byteLength(message)}\n${message}\n${files}`,
        ),
        Buffer.from('M 100644 inline k/latin-\xe9\ndata 1\nx\n', 'latin1'),
        Buffer.from(
          // UTF-7 can encode a NUL.
          'commit refs/heads/main\nauthor +AAA-B <a@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000\n' +
            'encoding UTF-7\ndata 25\nsubject +AAA- and +AAA- .\nM 100644 inline k/2\ndata 1\ny\ndone\n',
        ),
      ]),
    );
    const tip = (await repository.tip())!;
    const [one, two, ...rest] = await logOf(tip, 'k');
    expect(rest).toEqual([]);
    expect(one?.message).toBe(message);
    expect(one?.author.name).toBe(`${'1'.repeat(40)} :0`);
    expect(one?.authoredAt.getTime()).toBeLessThanOrEqual(Date.UTC(9999, 11, 31, 23, 59, 59));
    expect(one?.changes.map(({ path }) => path).sort()).toEqual(
      [...paths, 'k/latin-\ufffd'].sort(),
    );
    expect(two?.changes.map(({ path }) => path)).toEqual(['k/2']);
    await fresh(async (clone) => {
      for (const path of paths) expect(await clone.blobAt(tip, path), path).not.toBe(null);
    });
  });

  test('only the beginning of a message of several megabytes is kept', async () => {
    const sha = await repository.commit({ files: { a: '1' }, message: 'x'.repeat(3_000_000) });
    const [logged] = await logOf(sha);
    expect(logged?.message).toHaveLength(64 * 1024);
    expect(logged?.changes).toHaveLength(1);
  });

  test('each blob is returned once: large ones without content, missing ones not at all', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024, 'large\n');
    const binary = Buffer.from([0, 10, 0, 255, 10, 10, 0]);
    const sha = await repository.commit({ files: { large, binary, empty: '', tree: 't' } });
    await fresh(async (clone) => {
      const ids = new Map((await clone.changes(null, sha, '')).map((c) => [c.path, c.blobId!]));
      const asked = [...ids.values(), ...ids.values(), '0'.repeat(40), sha, 'HEAD', 'x\nflush'];
      const blobs = await all(clone.blobs(asked));
      const of = (path: string) => blobs.find(({ blobId }) => blobId === ids.get(path));
      expect(blobs).toHaveLength(4);
      expect(of('large')).toMatchObject({ size: large.length, content: null });
      expect(of('binary')?.content).toEqual(binary);
      expect(of('empty')).toMatchObject({ size: 0, content: Buffer.alloc(0) });
      const [whole] = await all(clone.blobs([ids.get('large')!], large.length));
      expect(whole?.content?.length).toBe(large.length);
    });
  });

  test('blame names the commit of each line', async () => {
    const one = await repository.commit({ files: { 'k/a b': 'one\r\ntwo\n' } });
    const two = await repository.commit({
      files: { 'k/a b': 'one\r\nauthor Forged\nthree' },
      author: { name: 'Ada\tL', email: 'ada@example.com' },
      message: 'author Forged\n\n\tauthor Forged',
    });
    await fresh(async (clone) => {
      const lines = await clone.blame(two, 'k/a b');
      expect(lines.map(({ line, sha, text }) => [line, sha, text])).toEqual([
        [1, one, 'one\r'],
        [2, two, 'author Forged'],
        [3, two, 'three'],
      ]);
      expect(lines[1]?.author).toEqual({ name: 'Ada\tL', email: 'ada@example.com' });
      expect(await clone.blame(two, 'none')).toEqual([]);
    });
    const large = await repository.commit({ files: { 'k/large': 'x\n'.repeat(600_000) } });
    await expect(fresh((clone) => clone.blame(large, 'k/large'))).rejects.toThrow(/1 MiB/);
  });
});

describe('simultaneous readers', () => {
  async function manyBlobs(): Promise<{ ids: string[]; sha: string }> {
    const files = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`k/${index}`, `${index} `.repeat(index % 500)]),
    );
    const sha = await repository.commit({ files });
    const changes = await fresh((clone) => clone.changes(null, sha, 'k'));
    return { ids: changes.flatMap(({ blobId }) => blobId ?? []), sha };
  }

  test('are not disturbed if one of them stops early or is aborted', async () => {
    const { ids } = await manyBlobs();
    const ended = new AbortController();
    const reads = (until: number, stop?: AbortController) =>
      clones.withClone(
        remote,
        false,
        async (clone) => {
          const read: ReadBlob[] = [];
          for await (const blob of clone.blobs(ids)) {
            read.push(blob);
            if (read.length === until) stop?.abort();
            if (read.length === until && stop === undefined) break;
          }
          return read;
        },
        { signal: stop?.signal ?? signal },
      );
    const [whole, , , other] = await Promise.all([
      reads(Infinity),
      reads(10),
      reads(10, ended).catch((error: unknown) => error),
      reads(Infinity),
    ]);
    for (const read of [whole, other]) {
      expect(read.map(({ blobId }) => blobId).sort()).toEqual([...new Set(ids)].sort());
      for (const { content, size } of read) expect(content?.length).toBe(size);
    }
    await expect(reads(10, ended)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a log that is not read to its end ends its process', async () => {
    const sha = await repository.commit({ files: { a: '1' } });
    await repository.commit({ files: { a: '2' } });
    await fresh(async (clone) => {
      for await (const first of clone.log({ from: null, to: clone.tip!, folder: '' })) {
        expect(first.sha).toBe(sha);
        break;
      }
    });
    expect(warnings).toEqual([]);
  });

  test('fetches wait for each other, and readers do not wait for them', async () => {
    const { ids } = await manyBlobs();
    const pushing = { done: false };
    const reader = (async () => {
      let rounds = 0;
      while (!pushing.done) {
        const blobs = await clones.withClone(remote, false, (clone) => all(clone.blobs(ids)), {
          signal,
        });
        expect(blobs).toHaveLength(new Set(ids).size);
        rounds += 1;
      }
      return rounds;
    })();
    for (let round = 0; round < 5; round += 1) {
      const sha = await repository.commit({ files: { [`n${round}`]: `${round}` } });
      const tips = await Promise.all(
        Array.from({ length: 3 }, () => fresh((clone) => Promise.resolve(clone.tip))),
      );
      expect(tips).toEqual([sha, sha, sha]);
    }
    pushing.done = true;
    expect(await reader).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });
});

describe('clones on disk', () => {
  test('a clone left by a process that has ended is taken over', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    await clones.close();
    await server.goAway();
    const next = await newClones();
    const tip = await next.withClone(remote, false, (clone) => Promise.resolve(clone.tip), {
      signal,
    });
    expect(tip).toBe(one);
    await next.close();
  });

  test('a clone left by a process that was killed during a fetch is taken over, too', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    await clones.close();
    const [left = ''] = await readdir(cacheDirectory);
    // No process has this id.
    const dead = join(cacheDirectory, `${hostname()}@4194304@dead`);
    await rename(join(cacheDirectory, left), dead);
    const [copy = ''] = await readdir(dead);
    await writeFile(join(dead, copy, 'refs/gitward/tip.lock'), '');
    await writeFile(join(dead, copy, 'objects/pack/tmp_pack_x'), 'half');
    const two = await repository.commit({ files: { a: '2' } });
    clones = await newClones();
    expect(await clones.withClone(remote, false, (c) => Promise.resolve(c.tip), { signal })).toBe(
      one,
    );
    expect(await fresh((clone) => Promise.resolve(clone.tip))).toBe(two);
    expect(warnings).toEqual([]);
  });

  test('of two processes that want the same clone, one gets it and the other makes its own', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    await clones.close();
    const [left, right] = await Promise.all([newClones(), newClones()]);
    const tips = await Promise.all(
      [left, right].map((some) =>
        some.withClone(remote, 'fresh', (clone) => Promise.resolve(clone.tip), { signal }),
      ),
    );
    expect(tips).toEqual([one, one]);
    await Promise.all([left.close(), right.close()]);
  });

  test('clones that nobody used for a week are removed, except those of a living process', async () => {
    const { utimes } = await import('node:fs/promises');
    const long = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    const folders = {
      other: 'elsewhere@1@aa',
      dead: `${hostname()}@4194304@bb`,
      alive: `${hostname()}@${process.ppid}@cc`,
      recent: 'elsewhere@2@dd',
    };
    for (const [name, folder] of Object.entries(folders)) {
      await mkdir(join(cacheDirectory, folder, 'x.git'), { recursive: true });
      if (name !== 'recent') await utimes(join(cacheDirectory, folder), long, long);
    }
    await (await newClones()).close();
    const there = await readdir(cacheDirectory);
    expect(there).toEqual(expect.arrayContaining([folders.alive, folders.recent]));
    expect(there).not.toContain(folders.other);
    expect(there).not.toContain(folders.dead);
  });

  test('the packs of many fetches are packed together, and readers can continue', async () => {
    await clones.close();
    clones = await newClones({ packEvery: 4 });
    const shas: string[] = [];
    for (let round = 1; round <= 9; round += 1) {
      shas.push(await repository.commit({ files: { [`f${round}`]: `${round}` } }));
      await fresh(async (clone) => {
        const files = await clone.changes(null, shas.at(-1) ?? '', '');
        const blobs = await all(clone.blobs(files.map(({ blobId }) => blobId ?? '')));
        expect(blobs).toHaveLength(round);
      });
    }
    const paths = await readdir(cacheDirectory, { recursive: true });
    const loose = paths.filter((path) => /\/objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/.test(path));
    // Not even of the ninth fetch: the size of a clone is the size of its packs.
    expect(loose).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.pack')).length).toBeLessThanOrEqual(2);
    expect(await logOf(shas.at(-1) ?? '')).toHaveLength(9);
    expect(warnings).toEqual([]);
  });

  test('a damaged clone is created again once, and the request is answered', async () => {
    const one = await repository.commit({ files: { a: 'content' } });
    await fresh(() => Promise.resolve());
    await damage();
    const ids = await fresh((clone) => clone.changes(null, one, ''));
    expect(ids).toHaveLength(1);
    expect(warnings).toEqual(['The clone of a branch is being created again.']);
  });

  test('the directory can be emptied at any time', async () => {
    const one = await repository.commit({ files: { a: '1' } });
    await fresh(() => Promise.resolve());
    for (const name of await readdir(cacheDirectory))
      await rm(join(cacheDirectory, name), { recursive: true });
    expect(await fresh((clone) => clone.firstParents(one))).toEqual([one]);
  });

  /** Overwrites every object. */
  async function damage(): Promise<void> {
    const entries = await readdir(cacheDirectory, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !path.includes('/objects/')) continue;
      await rm(path);
      await writeFile(path, 'damaged');
    }
  }
});
