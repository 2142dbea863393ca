import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { smallProject } from '../../examples/storage-api/data.ts';
import {
  createStorageApi,
  json,
  serve,
  startStorageApi,
  type StorageApi,
  type StorageApiOfProject,
} from '../../examples/storage-api/storage-api.ts';
import { GitRepository } from '../../test/support/git-repository.ts';
import { build } from '../measuring/build.ts';
import { Place } from '../measuring/place.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import { numberOption } from '../shape/option.ts';
import { beginCrowd, enableAll, untilNone, type Crowd } from './many-mirrors.ts';

/** Of the mirrors, in seconds. */
const window = 30;
/** From a change to its commit, at the 95th percentile: the window, a look at the feed, and two seconds. In milliseconds. */
const target = (window + 15 + 2) * 1_000;
/** For how long a busy platform asks to be left alone, in seconds. */
const askedPatience = 3;
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const ordersFile = 'configs/main/extractor/keboola.ex-db-mysql/orders/config.json';

/** Changes that nobody reports. */
export const watching = defineBench({
  name: 'watching',
  measures:
    'How long a change in the platform takes to be a commit if nobody reports it: of a project whose feed works, is cut off for half of the time, ' +
    'limits how often it is asked, or refuses the token; and of many projects of one stack that allows so many requests a second, of which one changes all the time.',
  options: {
    seconds: numberOption('seconds in which changes are made', { default: 600, quick: 60 }),
    changes: numberOption('changes of each project', { default: 200, quick: 20 }),
    projects: numberOption('projects of the stack', { default: 100, quick: 5 }),
    requests: numberOption('requests a second that the stack allows', { default: 20, quick: 20 }),
    pace: numberOption('seconds between catch-ups without a feed', { default: 900, quick: 60 }),
  },
  async *measure({ seconds, changes, projects, requests, pace }) {
    build();
    const place = await Place.make();
    try {
      const alone = await aloneOnTheirStacks(place);
      const stack = await oneStack(place, projects, requests);
      const crowd = await beginCrowd(place, [...Object.values(alone), ...stack.projects], {
        GITWARD_WINDOW: `${window}s`,
        GITWARD_CATCH_UP_INTERVAL: `${pace}s`,
      });
      await enableAll(crowd);
      // The feeds have begun.
      await untilNone(
        crowd.database,
        `SELECT count(*)::int AS left FROM feeds WHERE state = 'new'`,
      );
      for (const api of Object.values(alone)) api.resetCalls();
      stack.refused.count = 0;
      const made = await change({ alone, stack: stack.projects, seconds, changes });
      const calls = structuredClone(Object.values(alone).map((api) => api.calls));
      await untilNone(
        crowd.database,
        'SELECT count(*)::int AS left FROM change_events WHERE delivered_at IS NULL',
      );
      for (const [index, [name, api]] of Object.entries(alone).entries()) {
        const repository = new GitRepository(join(crowd.git.directory, `${api.projectId}.git`));
        const took =
          name === 'refuses the token'
            ? await untilSeen(repository, made)
            : await untilNamed(repository, made);
        yield* figuresOfAlone(name as keyof Alone, took, made.length);
        yield* figuresOfCalls(name, calls[index] ?? {}, seconds);
      }
      yield* figuresOfStack(crowd, stack);
    } finally {
      await place.end();
    }
  },
});

type Alone = Record<'works' | 'is cut off' | 'is busy' | 'refuses the token', StorageApi>;

async function aloneOnTheirStacks(place: Place): Promise<Alone> {
  const start = async (id: number) => {
    const api = await startStorageApi({ project: smallProject({ id }), feeds: true });
    place.atEnd(() => api.close());
    return api;
  };
  const refusing = await start(4);
  refusing.disturb({ endpoint: 'events', status: 403 });
  return {
    ...{ works: await start(1), 'is cut off': await start(2), 'is busy': await start(3) },
    'refuses the token': refusing,
  };
}

interface Stack {
  projects: (StorageApiOfProject & { url: string })[];
  refused: { count: number };
}

/** Many projects on one host, which refuses what is more than so many requests a second. */
async function oneStack(place: Place, count: number, perSecond: number): Promise<Stack> {
  const projects = Array.from({ length: count }, (_, index) => {
    const project = smallProject({ id: 1_000 + index });
    return createStorageApi({ project, token: `token-of-${1_000 + index}`, feeds: true });
  });
  const byToken = new Map(projects.map((api) => [api.token, api]));
  const refused = { count: 0 };
  let allowed = perSecond;
  let asOf = Date.now();
  const server = await serve(0, async (request, origin) => {
    const now = Date.now();
    allowed = Math.min(perSecond, allowed + ((now - asOf) / 1_000) * perSecond);
    asOf = now;
    if (allowed < 1) {
      refused.count += 1;
      return json(429, { error: 'Too many requests' }, { 'retry-after': '1' });
    }
    allowed -= 1;
    const api = byToken.get(String(request.headers['x-storageapi-token']));
    return api === undefined ? json(401, {}) : api.answer(request, origin);
  });
  place.atEnd(() => server.close());
  return { projects: projects.map((api) => ({ ...api, url: server.url })), refused };
}

/** A change that was made of each project with a stack of its own. */
interface Made {
  number: number;
  /** Of the configuration, from then on. */
  version: number;
  author: string;
  /** Milliseconds. */
  at: number;
}

/** Makes the changes, evenly spread; the first project of the stack changes ten times as often as those that have feeds of their own. */
async function change(of: {
  alone: Alone;
  stack: Stack['projects'];
  seconds: number;
  changes: number;
}): Promise<Made[]> {
  const { alone, stack, seconds, changes } = of;
  const [noisy, ...quiet] = stack;
  const made: Made[] = [];
  for (let number = 1; number <= changes; number += 1) {
    const share = (number - 1) / changes;
    const away = alone['is cut off'];
    away.recover();
    if (share > 0.25 && share < 0.75) away.disturb({ endpoint: 'events', disconnect: true });
    if (number % 10 === 1)
      alone['is busy'].disturb({
        endpoint: 'events',
        status: 429,
        retryAfter: String(askedPatience),
        times: 1,
      });
    const author = `person-${number % 50}@example.com`;
    const versions = Object.values(alone).map((api) => changeOne(api, number, author));
    made.push({ number, version: versions[0] ?? 0, author, at: Date.now() });
    for (let more = 0; more < 10; more += 1)
      if (noisy !== undefined) changeOne(noisy, number, author);
    const next = quiet[number % Math.max(quiet.length, 1)];
    if (next !== undefined) changeOne(next, number, author);
    await sleep((seconds / changes) * 1_000);
  }
  alone['is cut off'].recover();
  return made;
}

/** Returns the new version. */
function changeOne(api: Pick<StorageApi, 'change'>, number: number, author: string): number {
  return api.change(orders, { configuration: { parameters: { number } }, author }).newVersion;
}

/** How long it took until a commit names each change together with its author, in milliseconds; what no commit names is left out. */
async function untilNamed(repository: GitRepository, made: readonly Made[]): Promise<number[]> {
  const commits = (await repository.log()).map(({ message, committedAt }) => ({
    paragraphs: message.split('\n\n'),
    at: Date.parse(committedAt),
  }));
  return made.flatMap(({ version, author, at }) => {
    const names = (paragraph: string) =>
      paragraph.includes(`, version ${version}\n`) && paragraph.includes(` by ${author}`);
    const naming = commits.filter(({ paragraphs }) => paragraphs.some(names));
    return naming.length === 0 ? [] : [Math.min(...naming.map((commit) => commit.at)) - at];
  });
}

/** How long it took until the branch has what each change, or a later one, made of the configuration; waits for the last one. */
async function untilSeen(repository: GitRepository, made: readonly Made[]): Promise<number[]> {
  for (;;) {
    const seen = await Promise.all(
      (await repository.log()).map(async ({ sha, committedAt }) => {
        const text = await repository.read(ordersFile, sha);
        const { parameters } = JSON.parse(text) as { parameters: { number?: number } };
        return { number: parameters.number ?? 0, at: Date.parse(committedAt) };
      }),
    );
    const took = made.flatMap(({ number, at }) => {
      const commits = seen.filter((commit) => commit.number >= number);
      return commits.length === 0 ? [] : [Math.min(...commits.map((commit) => commit.at)) - at];
    });
    if (took.length === made.length) return took;
    await sleep(1_000);
  }
}

/** The times from a change to its commit, in milliseconds; a change's time is exact to the second, and never too late. */
async function latencies({ database }: Crowd, projectIds: readonly string[]): Promise<number[]> {
  const { rows } = await database.query<{ took: number }>(
    `SELECT extract(epoch FROM delivered_at - occurred_at)::float8 * 1000 AS took
     FROM change_events WHERE project_id = ANY ($1)`,
    [projectIds],
  );
  return rows.map(({ took }) => took);
}

function percentile95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}

function* figuresOfAlone(name: keyof Alone, took: number[], changes: number): Generator<Figure> {
  const targets: Partial<Record<keyof Alone, number>> = {
    works: target,
    'is busy': target + askedPatience * 1_000,
  };
  yield figure('95 of 100 are committed within', 'ms', [percentile95(took)], {
    group: `If the feed ${name}`,
    ...(targets[name] === undefined ? {} : { target: targets[name] }),
  });
  const how = name === 'refuses the token' ? 'found by catch-ups' : 'with their authors';
  yield figure(`from a change to its commit, if the feed ${name}`, 'ms', took, {
    note: `${took.length} of ${changes} changes, ${how}`,
  });
}

function* figuresOfCalls(
  name: string,
  calls: Record<string, number>,
  seconds: number,
): Generator<Figure> {
  for (const [kind, count] of Object.entries(calls))
    if (count > 0)
      yield figure(`calls of ${kind} a minute`, 'count', [(count * 60) / seconds], {
        group: `If the feed ${name}`,
      });
}

async function* figuresOfStack(crowd: Crowd, { projects, refused }: Stack): AsyncGenerator<Figure> {
  const [noisy, ...quiet] = projects.map(({ projectId }) => projectId);
  const group = 'Many projects of one stack';
  if (noisy !== undefined)
    yield figure('of the one that changes all the time', 'ms', await latencies(crowd, [noisy]), {
      group,
    });
  const ofOthers = await latencies(crowd, quiet);
  if (ofOthers.length > 0) {
    yield figure('of the others', 'ms', ofOthers, { group });
    const within = [percentile95(ofOthers)];
    yield figure('95 of 100 of the others are committed within', 'ms', within, { group, target });
  }
  yield figure('requests that the stack refused', 'count', [refused.count], { group });
}
