import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GitServer } from '../../examples/git-server/git-server.ts';
import type { Clone } from '../../git/clones/clone-types.ts';
import {
  createGitClones,
  type ClosableGitClones,
  type GitClonesOptions,
} from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import type { Remote } from '../../git/types.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { commitTree, treeBomb } from '../support/hostile-trees.ts';

const { signal } = new AbortController();
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
const mebibyte = 1024 ** 2;

let server: GitServer;
let count = 0;
let repository: GitRepository;
let remote: Remote;
let cacheDirectory: string;
let clones: ClosableGitClones | null = null;

async function clonesWith(options: Partial<GitClonesOptions>): Promise<ClosableGitClones> {
  clones = await createGitClones({ cacheDirectory, policy, ...options });
  return clones;
}

function fresh<T>(of: ClosableGitClones, use: (clone: Clone) => Promise<T>): Promise<T> {
  return of.withClone(remote, 'fresh', use, { signal });
}

function fetches(): number {
  return server.requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/git-upload-pack'),
  ).length;
}

beforeAll(async () => {
  server = await GitServer.start();
});
afterAll(() => server.close());

beforeEach(async () => {
  count += 1;
  repository = await server.createRepository(`r${count}`);
  remote = { url: server.url(`r${count}`), branch: 'main', credential: server.credential };
  cacheDirectory = await mkdtemp(join(tmpdir(), 'git-large-'));
});
afterEach(async () => {
  await clones?.close();
  clones = null;
  await rm(cacheDirectory, { recursive: true, force: true, maxRetries: 3 });
});

describe('a repository that takes more of the disk than allowed', () => {
  const limits = { disk: 2 * mebibyte };

  test('is not kept, and not fetched again until the branch has changed', async () => {
    await repository.commit({ files: { large: randomBytes(4 * mebibyte) } });
    const of = await clonesWith({ limits });
    const failure = {
      code: 'repository_too_large',
      message: expect.stringContaining('more than 2 MiB on disk') as string,
    };
    await expect(fresh(of, () => Promise.resolve())).rejects.toMatchObject(failure);
    const paths = await readdir(cacheDirectory, { recursive: true });
    expect(paths.filter((path) => /\.pack$|tmp_/.test(path))).toEqual([]);

    const before = fetches();
    await expect(fresh(of, () => Promise.resolve())).rejects.toMatchObject(failure);
    // Only its tip was asked for.
    expect(fetches() - before).toBeLessThanOrEqual(1);

    const sha = await repository.commit({ files: { small: 'x' }, orphan: true });
    expect(await fresh(of, (clone) => Promise.resolve(clone.tip))).toBe(sha);
  });

  test('is not delivered to', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [`${randomBytes(20).toString('hex')}/${at}`, 'x']),
    );
    await repository.commit({ files });
    const deliverer = await createGitDeliverer({ cacheDirectory, policy, disk: 50_000 });
    await expect(
      deliverer.withTip(remote, () => Promise.resolve(), { signal }),
    ).rejects.toMatchObject({ code: 'repository_too_large' });
    await deliverer.close();
  });
});

describe('a commit with more files than git can compare in the memory that it may take', () => {
  test.each<[string, (clone: Clone, from: string, to: string) => Promise<unknown>]>([
    ['two trees', (clone, from, to) => clone.changes(from, to, '')],
    [
      'a history',
      async (clone, from, to) => {
        for await (const { changes } of clone.log({ from, to, folder: '' })) return changes;
        return [];
      },
    ],
  ])('ends the comparison of %s, and says what to do', async (_of, read) => {
    const from = await repository.commit({ files: { a: '1' } });
    const bomb = await treeBomb(repository, { levels: 7, width: 10 });
    const to = await commitTree(repository, bomb, 'bomb');
    const of = await clonesWith({ memory: 128 });
    await expect(fresh(of, (clone) => read(clone, from, to))).rejects.toMatchObject({
      code: 'repository_too_large',
      message: expect.stringContaining('GITWARD_MAX_GIT_MIB') as string,
    });
    // What needs little memory still works.
    expect(await fresh(of, (clone) => clone.has(to))).toBe(true);
  });
});

test('a file that is small on the way and large in the end is not read', async () => {
  const size = 48 * mebibyte;
  const sha = await repository.commit({ files: { zeros: new Uint8Array(size) } });
  const of = await clonesWith({ memory: 40 });
  await fresh(of, async (clone) => {
    const [{ blobId } = { blobId: null }] = await clone.changes(null, sha, '');
    expect(await clone.sizes([blobId ?? ''])).toEqual(new Map([[blobId, size]]));
    for await (const blob of clone.blobs([blobId ?? '']))
      expect(blob).toMatchObject({ size, content: null });
  });
});
