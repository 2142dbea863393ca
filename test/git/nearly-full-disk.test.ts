import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGitClones } from '../../git/clones/clones.ts';
import { createDiskRoom } from '../../git/disk-room.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { startSweeper } from '../../git/sweeper.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { GitRepository } from '../support/git-repository.ts';
import { always, commit, unbounded } from './deliveries.ts';

const mebibyte = 1024 ** 2;
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });

/** A file system of 24 MiB in a new directory; `null` where mounting is not allowed. */
async function mountSmallDisk(): Promise<string | null> {
  const directory = await mkdtemp(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory], { stdio: 'pipe' });
    return directory;
  } catch {
    await rm(directory, { recursive: true, force: true });
    return null;
  }
}

const small = await mountSmallDisk();
if (small === null) console.log('Nothing may be mounted here, so no small disk is tried.');

describe.skipIf(small === null)('on a disk of 24 MiB, with 8 MiB to be kept free', () => {
  const disk = small ?? '';
  // A quarter of that is the last reserve.
  const room = createDiskRoom({ directory: disk, least: 8 * mebibyte });
  const file = join(disk, 'filling');
  let outside: string;
  let repository: GitRepository;

  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), 'remote-'));
  });
  beforeEach(async () => {
    repository = await GitRepository.create(await mkdtemp(join(outside, 'r-')));
  });
  afterEach(() => rm(file, { force: true }));
  afterAll(async () => {
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
    await rm(outside, { recursive: true, force: true });
  });

  const remote = (branch = 'main') => ({
    ...{ url: `file://${repository.directory}`, branch, credential: null },
  });
  const fill = () => writeFile(file, Buffer.alloc(18 * mebibyte));

  /** The repositories that any process keeps in a directory. */
  async function keptIn(directory: string): Promise<string[]> {
    const owners = (await readdir(directory)).filter((name) => name.includes('@'));
    const kept = await Promise.all(owners.map((name) => readdir(join(directory, name))));
    return kept.flat().filter((name) => name.endsWith('.git'));
  }

  it('is nearly full below that, and has room again only with a little more', async () => {
    expect(await room.look()).toMatchObject({ isNearlyFull: false, size: 24 * mebibyte });
    await writeFile(file, Buffer.alloc(17 * mebibyte));
    expect(await room.look()).toMatchObject({ isNearlyFull: true, free: 7 * mebibyte });
    await writeFile(file, Buffer.alloc(15 * mebibyte));
    expect((await room.look())?.isNearlyFull).toBe(true);
    await writeFile(file, Buffer.alloc(13 * mebibyte));
    expect((await room.look())?.isNearlyFull).toBe(false);
  });

  it('deliveries go on while it is nearly full, and leave nothing there', async () => {
    const cacheDirectory = join(disk, 'caches');
    const deliverer = await createGitDeliverer({ cacheDirectory, policy, room });
    try {
      await deliverer.deliver(remote(), always(commit({ 'a.txt': '1' })), unbounded());
      expect(await keptIn(cacheDirectory)).toHaveLength(1);
      await fill();
      for (const branch of ['main', 'other'])
        await deliverer.deliver(remote(branch), always(commit({ 'a.txt': '2' })), unbounded());
      // What was there before stays as long as it is used.
      expect(await keptIn(cacheDirectory)).toHaveLength(1);
      const failing = deliverer.withTip(
        remote('other'),
        () => Promise.reject(new Error('stopped')),
        unbounded(),
      );
      await expect(failing).rejects.toThrow('stopped');
      expect(await keptIn(cacheDirectory)).toHaveLength(1);
      expect(await repository.files()).toMatchObject({ 'a.txt': '2' });
      await rm(file);
      await deliverer.deliver(remote('other'), always(commit({ 'b.txt': '3' })), unbounded());
      expect(await keptIn(cacheDirectory)).toHaveLength(2);
    } finally {
      await deliverer.close();
    }
  });

  it('nothing is fetched any more when it is almost full, and again when there is room', async () => {
    await repository.commit({ files: { 'a.txt': '1' } });
    const deliverer = await createGitDeliverer({ cacheDirectory: join(disk, 'c'), policy, room });
    const deliver = () =>
      deliverer.deliver(remote(), always(commit({ 'b.txt': '1' })), unbounded());
    try {
      await writeFile(file, Buffer.alloc(23 * mebibyte));
      await expect(deliver()).rejects.toMatchObject({
        code: 'repository_error',
        message: expect.stringContaining('0 MiB are free on the disk of') as string,
      });
      await rm(file);
      await deliver();
      expect(await repository.files()).toMatchObject({ 'b.txt': '1' });
    } finally {
      await deliverer.close();
    }
  });

  it('clones are made, and removed soon', async () => {
    await repository.commit({ files: { 'a.txt': '1' } });
    await fill();
    const cacheDirectory = join(disk, 'clones');
    const clones = await createGitClones({ cacheDirectory, policy, room, keepTemporaryFor: 100 });
    try {
      const { signal } = new AbortController();
      const tip = await clones.withClone(
        remote(),
        'fresh',
        async (clone) => {
          expect(await keptIn(cacheDirectory)).toHaveLength(1);
          return clone.tip;
        },
        { signal },
      );
      expect(tip).toMatch(/^[0-9a-f]{40}$/);
      await vi.waitFor(async () => expect(await keptIn(cacheDirectory)).toEqual([]), 10_000);
    } finally {
      await clones.close();
    }
  });
});

describe('while the disk is nearly full', () => {
  it('what is longest unused goes until there is room, and nothing that is in use', async () => {
    const now = Date.now();
    const used = new Map([
      ['an hour ago', now - 3_600_000],
      ['now', now],
      ['two hours ago', now - 7_200_000],
      ['ten minutes ago', now - 600_000],
    ]);
    const unusedSince = (time: number) =>
      [...used].filter(([, at]) => at < time).sort(([, a], [, b]) => a - b).map(([key]) => key); // prettier-ignore
    let removedAbandoned = 0;
    const sweeper = startSweeper({
      what: 'things',
      // Each takes 1 byte of 12; less than 10 is too little.
      room: createDiskRoom({
        directory: '/',
        least: 7,
        measure: () => Promise.resolve({ free: 10 - used.size, size: 12 }),
      }),
      every: 10,
      unusedSince,
      drop: (key) => Promise.resolve(void used.delete(key)),
      removeAbandoned: (isLow) => Promise.resolve(void (removedAbandoned += Number(isLow))),
    });
    await vi.waitFor(() => expect([...used.keys()]).toEqual(['now']), 10_000);
    expect(removedAbandoned).toBeGreaterThan(0);
    await sweeper.stop();
  });

  it('a disk that cannot be measured counts as one with room', async () => {
    const room = createDiskRoom({ directory: '/not/there', least: 1 });
    expect(await room.look()).toBeNull();
  });
});
