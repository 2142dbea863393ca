import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GitServer } from '../../examples/git-server/git-server.ts';
import type { Clone } from '../../git/clones/clone-types.ts';
import { createGitClones, type ClosableGitClones } from '../../git/clones/clones.ts';
import type { Remote } from '../../git/types.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { writeCommit } from '../support/raw-commit.ts';

const { signal } = new AbortController();
let server: GitServer;
let count = 0;
let repository: GitRepository;
let remote: Remote;
let cacheDirectory: string;
let clones: ClosableGitClones;

function newClones(more: { keepFor?: number } = {}): Promise<ClosableGitClones> {
  const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
  return createGitClones({ cacheDirectory, policy, ...more });
}

function fresh<T>(use: (clone: Clone) => Promise<T>): Promise<T> {
  return clones.withClone(remote, 'fresh', use, { signal });
}

function requests(): number {
  return server.requests.filter(({ path }) => path.includes('info/refs')).length;
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
  cacheDirectory = await mkdtemp(join(tmpdir(), 'clone-reading-'));
  clones = await newClones();
});
afterEach(async () => {
  await clones.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

const shasOf = ({ length, shaAt }: { length: number; shaAt: (at: number) => string }) =>
  Array.from({ length }, (_, at) => shaAt(at));

describe('the line', () => {
  test('is the first parents, oldest first, and grows with the branch', async () => {
    const shas = [
      await repository.commit({ files: { a: '1' }, at: 1_700_000_000 }),
      await repository.commit({ files: { a: '2' }, at: 1_700_000_100 }),
    ];
    await repository.setBranch('side', shas[0]!);
    const side = await repository.commit({ files: { s: 's' }, branch: 'side' });
    shas.push(await repository.commit({ files: { a: '3' }, merge: side, at: 1_700_000_200 }));
    const read = () =>
      fresh(async (clone) => {
        const line = await clone.line(clone.tip!);
        return { line, shas: shasOf({ length: line.length, shaAt: (at) => line.shaAt(at) }) };
      });
    expect((await read()).shas).toEqual(shas);
    shas.push(await repository.commit({ files: { a: '4' }, at: 1_700_000_300 }));
    const { line, shas: grown } = await read();
    expect(grown).toEqual(shas);
    expect(shas.map((sha) => line.positionOf(sha))).toEqual([0, 1, 2, 3]);
    for (const none of [side, '0'.repeat(40), 'x', '']) expect(line.positionOf(none)).toBeNull();
    expect(line.positionAt(new Date(1_700_000_250_000))).toBe(2);
    expect(line.positionAt(new Date(1_700_000_200_000))).toBe(2);
    expect(line.positionAt(new Date(0))).toBeNull();
    expect(line.timeAt(3)).toBe(1_700_000_300_000);
  });

  test('is another one after the branch was rewritten', async () => {
    const first = await repository.commit({ files: { a: '1' } });
    await repository.commit({ files: { a: '2' } });
    await fresh((clone) => clone.line(clone.tip!));
    await repository.setBranch('main', first);
    const other = await repository.commit({ files: { a: '3' } });
    await fresh(async (clone) => {
      const line = await clone.line(other);
      expect([line.length, line.shaAt(0), line.shaAt(1)]).toEqual([2, first, other]);
      const [one, two] = await Promise.all([clone.line(first), clone.line(other)]);
      expect([one.length, two.length]).toEqual([1, 2]);
    });
  });
});

describe('objects', () => {
  test('a path is walked through the trees', async () => {
    const sha = await repository.commit({ files: { 'a/b/c.txt': 'text', 'a/b.txt': 'x' } });
    await fresh(async (clone) => {
      expect(await clone.entryAt(sha, 'a/b/c.txt')).toMatchObject({ type: 'file', name: 'c.txt' });
      expect(await clone.entryAt(sha, 'a')).toMatchObject({ type: 'folder' });
      for (const none of ['a/', 'b', 'a/b.txt/c', '../a', 'a/../a', '.', 'a\0'])
        expect(await clone.entryAt(sha, none), none).toBeNull();
      expect(await clone.entryAt('0'.repeat(40), 'a')).toBeNull();
      const root = await clone.entryAt(sha, '');
      expect((await clone.entriesOf(root!.id)).map(({ name }) => name)).toEqual(['a']);
      expect((await clone.filesBelow(root!.id, 4))?.map(({ path }) => path).sort()).toEqual([
        'a/b.txt',
        'a/b/c.txt',
      ]);
      expect(await clone.filesBelow(root!.id, 3)).toBeNull();
    });
  });

  test('a commit says who made it and when, whatever is in it', async () => {
    const sha = await repository.commit({
      ...{ files: { a: '1' }, message: 'Subject\n\nBody\nmore', at: 1_700_000_000 },
      author: { name: 'Eva', email: 'eva@example.com' },
    });
    const tree = (await repository.git(['rev-parse', `${sha}^{tree}`])).toString().trim();
    const odd = await writeCommit(repository, {
      ...{ tree, parents: [sha], author: 'nobody', committer: null },
      message: Buffer.from([0xff, 0x0a, 0x00]),
    });
    await repository.setBranch('main', odd);
    await fresh(async (clone) => {
      expect(await clone.commitFacts(sha)).toMatchObject({
        ...{ sha, tree, parent: null, subject: 'Subject', body: 'Body\nmore' },
        author: { email: 'eva@example.com' },
        authoredAt: new Date(1_700_000_000_000),
      });
      expect(await clone.commitFacts(odd)).toMatchObject({
        ...{ parent: sha, author: { name: 'nobody', email: '' }, committedAt: new Date(0) },
      });
      expect(await clone.commitFacts(tree)).toBeNull();
    });
  });

  test('differences have both sides, and what is no file is said', async () => {
    const one = await repository.commit({ files: { 'k/a': '1', 'k/b': 'b', other: 'x' } });
    await repository.git(
      ['fast-import', '--quiet', '--done'],
      Buffer.from(
        'commit refs/heads/main\ncommitter A <a@b> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n' +
          'M 120000 inline k/a\ndata 1\nb\nD k/b\nM 100644 inline k/c\ndata 1\nc\nD other\ndone\n',
      ),
    );
    await fresh(async (clone) => {
      const two = clone.tip!;
      expect(await clone.differences(one, two, ['k'], 10)).toMatchObject([
        { path: 'k/a', before: { type: 'file' }, after: { type: 'symlink' } },
        { path: 'k/b', before: { type: 'file' }, after: null },
        { path: 'k/c', before: null, after: { type: 'file' } },
      ]);
      expect(await clone.differences(null, one, ['k'], 10)).toHaveLength(2);
      await expect(clone.differences(null, one, ['k'], 1)).rejects.toMatchObject({
        code: 'too_many_files',
      });
      expect(await clone.touching(two, 'k/b', 10)).toEqual([two, one]);
      expect(await clone.touching(two, 'k', 1)).toEqual([two]);
      expect(await clone.touching(two, 'none', 10)).toEqual([]);
    });
  });
});

describe('a clone', () => {
  test('that nobody used for long goes, and is made again when it is asked for', async () => {
    await clones.close();
    clones = await newClones({ keepFor: 200 });
    const sha = await repository.commit({ files: { a: '1' } });
    const own = async () => {
      const folders = await readdir(cacheDirectory);
      const all = await Promise.all(folders.map((name) => readdir(join(cacheDirectory, name))));
      return all.flat();
    };
    await fresh(async () => {
      // It is in use all the time.
      await sleep(500);
      expect(await own()).toHaveLength(1);
    });
    while ((await own()).length > 0) await sleep(20);
    expect(await fresh((clone) => clone.has(sha))).toBe(true);
  });

  test('asked for a commit that the remote does not have is read as it is, and asks again later', async () => {
    const sha = await repository.commit({ files: { a: '1' } });
    const read = (commit: string) =>
      clones.withClone(
        remote,
        { commit, orKept: true },
        (clone) => Promise.resolve([clone.tip, clone.staleBecause?.code, clone.asOf !== null]),
        { signal },
      );
    const none = 'a'.repeat(40);
    expect(await read(none)).toEqual([sha, undefined, true]);
    const before = requests();
    expect(await read(none)).toEqual([sha, undefined, true]);
    expect(requests() - before).toBeLessThanOrEqual(1);
    const asked = requests();
    for (let again = 0; again < 5; again += 1) await read(none);
    expect(requests()).toBe(asked);
    // Another commit is asked for at once.
    const next = await repository.commit({ files: { a: '2' } });
    expect(await read(next)).toEqual([next, undefined, true]);
    await server.goAway();
    expect(await read('b'.repeat(40))).toEqual([next, 'repository_unreachable', true]);
    expect(await read(next)).toEqual([next, 'repository_unreachable', true]);
  });
});
