import { setTimeout as sleep } from 'node:timers/promises';
import { smallProject } from '../../examples/storage-api/data.ts';
import { createStorageApi, json, serve } from '../../examples/storage-api/storage-api.ts';
import { build } from '../measuring/build.ts';
import { Place } from '../measuring/place.ts';
import { withoutProc } from '../measuring/process-tree.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import { numberOption, numbersOption } from '../shape/option.ts';
import {
  beginCrowd,
  enableAll,
  kinds,
  look,
  restartCrowd,
  untilNone,
  type Crowd,
  type CrowdProject,
} from './many-mirrors.ts';

/** The branches of each project beside its default one, all of them mirrored. */
const developmentBranches = ['A', 'B', 'C'];
const mirrorsOfProject = 1 + developmentBranches.length;

/** What Gitward's processes may take at the largest size: of one processor, in milliseconds a second, and of memory in bytes. */
const targets = { watched: 150, unwatched: 30, memory: 600_000_000 };

/** Projects in which nothing happens. */
export const idle = defineBench({
  name: 'idle',
  measures:
    'What many mirrors take of processor and memory while nothing happens: with their feeds asked, of which none had news for a day; without any feed, at the pace of catch-ups that mirrors with feeds have; ' +
    `and compared with the platform as often as mirrors without feeds are. Each project has ${mirrorsOfProject} mirrored branches, and all are on one stack. Not counted are the platform and the Git server.`,
  options: {
    projects: numbersOption('numbers of projects', { default: [25, 500], quick: [2] }),
    seconds: numberOption('seconds in which it is looked at', { default: 600, quick: 20 }),
    settle: numberOption('seconds before that', { default: 120, quick: 5 }),
  },
  unable: withoutProc,
  async *measure({ projects, seconds, settle }) {
    build();
    const most = Math.max(...projects);
    for (const count of projects) {
      const place = await Place.make();
      try {
        const watched = await beginCrowd(place, await oneStack(place, count), {
          GITWARD_WINDOW: '1s',
        });
        await enableAll(watched, developmentBranches);
        await haveNoNewsForADay(watched);
        const options = { count, seconds, settle, isMost: count === most };
        yield* restingOf(watched, 'With feeds', { ...options, target: targets.watched });
        const unwatched = await restartCrowd(place, watched, {
          GITWARD_WATCH_INTERVAL: 'off',
          GITWARD_CATCH_UP_INTERVAL: '6h',
        });
        yield* restingOf(unwatched, 'Without feeds', { ...options, target: targets.unwatched });
        const compared = await restartCrowd(place, unwatched, { GITWARD_WATCH_INTERVAL: 'off' });
        yield* restingOf(compared, 'Compared every 15 minutes', options);
      } finally {
        await place.end();
      }
    }
  },
});

async function oneStack(place: Place, count: number): Promise<CrowdProject[]> {
  const projects = Array.from({ length: count }, (_, index) => {
    const project = smallProject({ id: 1_000 + index });
    const api = createStorageApi({ project, token: `token-of-${1_000 + index}`, feeds: true });
    for (const [number, name] of developmentBranches.entries())
      api.createBranch(10_000 * (number + 1) + index, name);
    return api;
  });
  const byToken = new Map(projects.map((api) => [api.token, api]));
  const server = await serve(0, async (request, origin) => {
    const api = byToken.get(String(request.headers['x-storageapi-token']));
    return api === undefined ? json(401, {}) : api.answer(request, origin);
  });
  place.atEnd(() => server.close());
  return projects.map((api) => ({ ...api, url: server.url }));
}

async function haveNoNewsForADay({ database }: Crowd): Promise<void> {
  await untilNone(database, `SELECT count(*)::int AS left FROM feeds WHERE state = 'new'`);
  await database.query(`UPDATE feeds SET news_at = now() - interval '2 days'`);
  await database.query(`UPDATE mirrors SET initialized_at = now() - interval '2 days'`);
}

async function* restingOf(
  crowd: Crowd,
  group: string,
  of: { count: number; seconds: number; settle: number; isMost: boolean; target?: number },
): AsyncGenerator<Figure> {
  const { count, seconds, settle, isMost, target } = of;
  await sleep(settle * 1_000);
  const began = await look(crowd);
  await sleep(seconds * 1_000);
  const ended = await look(crowd);
  const at = { of: 'mirrors', value: count * mirrorsOfProject };
  for (const kind of kinds) {
    const isOurs = isMost && kind === 'Gitward';
    const cpu = ((ended.used[kind].cpu - began.used[kind].cpu) / seconds) * 1_000;
    yield figure(`processor of ${kind}, a second`, 'ms', [cpu], {
      ...{ group, at, ...(isOurs && target !== undefined ? { target } : {}) },
    });
    yield figure(`memory of ${kind}`, 'bytes', [ended.used[kind].memory], {
      ...{ group: `Memory ${group.toLowerCase()}`, at },
      ...(isOurs ? { target: targets.memory } : {}),
    });
  }
}
