import { setTimeout as sleep } from 'node:timers/promises';
import { smallProject } from '../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';
import { build } from '../measuring/build.ts';
import { Place } from '../measuring/place.ts';
import { withoutProc } from '../measuring/process-tree.ts';
import { figure, timed } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import { numberOption, numbersOption } from '../shape/option.ts';
import {
  beginCrowd,
  enableAll,
  kinds,
  look,
  untilNone,
  type Crowd,
  type Look,
} from './many-mirrors.ts';

/** Of the mirrors, in seconds: long enough for all changes of a round to be sent in one. */
const window = 5;

/** Many mirrors at once. */
export const crowd = defineBench({
  name: 'crowd',
  measures:
    'All of Gitward with many mirrors, each of a project of its own: how long until all are on their remotes, and what a first ' +
    'commit, a change and idle time take of processor, memory and disk. Not counted are the platform and the Git server.',
  options: {
    mirrors: numbersOption('numbers of mirrors', { default: [20, 100], quick: [5] }),
    rounds: numberOption('changes of each mirror', { default: 5, quick: 1 }),
    idle: numberOption('seconds without changes', { default: 60, quick: 5 }),
  },
  unable: withoutProc,
  async *measure({ mirrors, rounds, idle }) {
    build();
    for (const count of mirrors) {
      const place = await Place.make();
      try {
        yield* measureMany(place, { count, rounds, idle });
      } finally {
        await place.end();
      }
    }
  },
});

async function* measureMany(
  place: Place,
  { count, rounds, idle }: { count: number; rounds: number; idle: number },
): AsyncGenerator<Figure> {
  const platforms: StorageApi[] = [];
  for (let index = 0; index < count; index += 1) {
    const platform = await startStorageApi({ project: smallProject({ id: 1_000 + index }) });
    place.atEnd(() => platform.close());
    platforms.push(platform);
  }
  const crowd = await beginCrowd(place, platforms, { GITWARD_WINDOW: `${window}s` });
  const began = await look(crowd);
  const first = (await timed(() => enableAll(crowd))) / count;
  const enabled = await look(crowd);
  yield* figuresOf('A first commit', { count, began, ended: enabled, each: count, took: first });

  const times: number[] = [];
  for (let round = 1; round <= rounds; round += 1)
    times.push((await timed(() => changeAll(crowd, round))) - window * 1_000);
  const changed = await look(crowd);
  const took = times.reduce((sum, time) => sum + time, 0) / (rounds * count);
  yield* figuresOf('A change', {
    ...{ count, began: enabled, ended: changed, each: rounds * count, took },
  });
  yield figure('until all are on their remotes, after the window', 'ms', times, {
    ...{ group: 'A change of each', at: at(count) },
  });

  await sleep(idle * 1_000);
  const rested = await look(crowd);
  for (const kind of kinds) {
    const group = 'Without changes';
    const cpu = rested.used[kind].cpu - changed.used[kind].cpu;
    yield figure(`processor of ${kind}, a second`, 'ms', [(cpu / idle) * 1_000], {
      ...{ group, at: at(count) },
    });
    yield figure(`memory of ${kind}`, 'bytes', [rested.used[kind].memory], {
      ...{ group: 'Memory', at: at(count) },
    });
  }
}

const at = (value: number) => ({ of: 'mirrors', value });

async function changeAll(
  { gitward, platforms, database }: Crowd<StorageApi>,
  round: number,
): Promise<void> {
  const changed = { configuration: { parameters: { round } } };
  const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
  const events = platforms.map((platform) => platform.change(orders, changed));
  for (let from = 0; from < events.length; from += 1_000)
    await gitward.call('POST', '/v1/events', events.slice(from, from + 1_000));
  await untilNone(
    database,
    'SELECT count(*)::int AS left FROM change_events WHERE delivered_at IS NULL',
  );
}

/** What each of so many things took between two looks; `took` is milliseconds. */
function* figuresOf(
  group: string,
  of: { count: number; began: Look; ended: Look; each: number; took: number },
): Generator<Figure> {
  const { count, began, ended, each, took } = of;
  const more = { group, at: at(count) };
  yield figure('time, of all that run at once', 'ms', [took], more);
  for (const kind of kinds) {
    const cpu = ended.used[kind].cpu - began.used[kind].cpu;
    yield figure(`processor of ${kind}`, 'ms', [(cpu / each) * 1_000], more);
  }
  for (const [name, size] of Object.entries(ended.sizes)) {
    const grew = size - began.sizes[name as keyof Look['sizes']];
    yield figure(`disk of ${name}`, 'bytes', [Math.max(0, grew / each)], {
      ...{ group: `Disk of ${group.toLowerCase()}`, at: at(count) },
    });
  }
}
