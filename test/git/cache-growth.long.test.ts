import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import type { CacheLimits } from '../../git/deliver/cache-growth.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { GitRepository } from '../support/git-repository.ts';
import { always, commit, unbounded } from './deliveries.ts';

/** Delivers files of this size one by one; returns the cache that each delivery left. */
async function cachesOf(
  { deliveries, bytes }: { deliveries: number; bytes: number },
  cacheLimits: Partial<CacheLimits>,
): Promise<string[]> {
  const place = await mkdtemp(join(tmpdir(), 'cache-growth-'));
  const repository = await GitRepository.create(join(place, 'remote.git'));
  const cacheDirectory = join(place, 'caches');
  const deliverer = await createGitDeliverer({
    cacheDirectory,
    cacheLimits,
    policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
  });
  const remote = { url: `file://${repository.directory}`, branch: 'main', credential: null };
  try {
    const seen: string[] = [];
    for (let n = 0; n < deliveries; n += 1) {
      const files = { [`jobs/${n}.json`]: randomBytes(bytes / 2).toString('hex') };
      await deliverer.deliver(remote, always(commit(files)), unbounded());
      const [own] = (await readdir(cacheDirectory)).filter((name) => name.includes('@'));
      seen.push((await readdir(join(cacheDirectory, own!))).join());
    }
    expect(Object.keys(await repository.files())).toHaveLength(deliveries);
    return seen;
  } finally {
    await deliverer.close();
    await rm(place, { recursive: true, force: true });
  }
}

test('a cache that has become large is deleted, and the next delivery continues with a new one', async () => {
  const caches = await cachesOf({ deliveries: 12, bytes: 100_000 }, { growth: 300_000 });
  expect(new Set(caches.slice(0, 9)).size).toBe(1);
  expect(caches[9]).toBe('');
  expect(caches[10]).not.toBe(caches[8]);
});

test('a cache that stays small is kept', async () => {
  const caches = await cachesOf({ deliveries: 12, bytes: 1_000 }, { growth: 300_000 });
  expect(new Set(caches).size).toBe(1);
});

test('a cache is deleted after a number of deliveries, whatever its size', async () => {
  const caches = await cachesOf({ deliveries: 4, bytes: 1_000 }, { deliveries: 3 });
  expect(caches[2]).toBe('');
});
