import { GitRepository } from '../../test/support/git-repository.ts';
import { Place } from '../measuring/place.ts';
import { memoryNow } from '../measuring/processes.ts';
import { startDeliverer } from '../measuring/servers.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import { numberOption } from '../shape/option.ts';
import { gitward } from './contenders.ts';

/** Nothing may stay of a delivery: a hundred bytes of each would be a megabyte of ten thousand. */
const mostGrowth = 5_000_000;

/** What a process that delivers keeps in memory. */
export const memory = defineBench({
  name: 'memory',
  measures:
    "What this process's memory does over many deliveries to a repository on the local file system.",
  options: { deliveries: numberOption('deliveries', { default: 10_000, quick: 200 }) },
  exposesGc: true,
  async *measure({ deliveries }) {
    const place = await Place.make();
    try {
      const repository = await GitRepository.create(place.path('remote.git'));
      await repository.git(['config', 'gc.autoDetach', 'false']);
      const credential = { username: '', password: '' };
      const url = `file://${repository.directory}`;
      const deliver = gitward({ url, credential }, await startDeliverer(place));
      const warmUp = Math.min(500, Math.ceil(deliveries / 2));
      let delivered = 0;
      const deliverTo = async (wanted: number) => {
        for (; delivered < wanted; delivered += 1)
          await deliver(`configs/${delivered % 1_000}.json`, `{"delivery": ${delivered}}\n`);
      };
      await deliverTo(warmUp);
      const before = memoryNow();
      yield* kinds(0, before);
      const steps = Math.min(10, deliveries);
      for (let step = 1; step <= steps; step += 1) {
        const count = Math.round((deliveries * step) / steps);
        await deliverTo(warmUp + count);
        yield* kinds(count, memoryNow());
      }
      const grown = memoryNow().heapUsed - before.heapUsed;
      yield figure('heap, growth', 'bytes', [grown], { target: mostGrowth, group: 'Growth' });
    } finally {
      await place.end();
    }
  },
});

function* kinds(deliveries: number, usage: NodeJS.MemoryUsage): Generator<Figure> {
  const at = { of: 'deliveries', value: deliveries };
  yield figure('resident', 'bytes', [usage.rss], { at });
  yield figure('heap', 'bytes', [usage.heapUsed], { at });
  yield figure('external', 'bytes', [usage.external], { at });
}
