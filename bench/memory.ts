import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGitDeliverer } from '../git/deliver/deliverer.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { GitRepository } from '../test/support/git-repository.ts';
import { gitward } from './contenders.ts';

/**
 * What this process's memory does over many deliveries, to a repository on the local file system.
 *
 *     npm run bench:memory -- --deliveries 10000
 */
const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '10000' } } });
const deliveries = Number(values.deliveries);
const warmUp = Math.min(500, Math.ceil(deliveries / 10));

const place = await mkdtemp(join(tmpdir(), 'bench-memory-'));
const repository = await GitRepository.create(join(place, 'remote.git'));
await repository.git(['config', 'gc.autoDetach', 'false']);
const deliverer = await createGitDeliverer({
  cacheDirectory: join(place, 'caches'),
  policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
});
try {
  const credential = { username: '', password: '' };
  const deliver = gitward({ url: `file://${repository.directory}`, credential }, deliverer);
  let before: NodeJS.MemoryUsage | null = null;
  console.log('deliveries   RSS MB   heap MB   external MB');
  for (let count = 1; count <= warmUp + deliveries; count += 1) {
    await deliver(`configs/${count % 1_000}.json`, `{"delivery": ${count}}\n`);
    if (count === warmUp) before = report(0);
    else if (count > warmUp && (count - warmUp) % Math.ceil(deliveries / 10) === 0)
      report(count - warmUp);
  }
  const after = memory();
  const grown = (kind: 'rss' | 'heapUsed') => megabytes(after[kind] - (before ?? after)[kind]);
  console.log(
    `\nGrowth over ${deliveries}: ${grown('rss')} MB resident, ${grown('heapUsed')} MB heap.`,
  );
} finally {
  await deliverer.close();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

function report(count: number): NodeJS.MemoryUsage {
  const usage = memory();
  const cells = [usage.rss, usage.heapUsed, usage.external].map((bytes) =>
    megabytes(bytes).padStart(9),
  );
  console.log(`${String(count).padStart(10)}${cells.join('')}`);
  return usage;
}

function memory(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
