import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { GitServer } from '../../examples/git-server/git-server.ts';
import { smallProject } from '../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';
import { build } from '../measuring/build.ts';
import { Place, sizeOf } from '../measuring/place.ts';
import { usedBelow, type Used } from '../measuring/process-tree.ts';
import { startGitServer } from '../measuring/servers.ts';
import { figure, timed } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import type { Figure } from '../shape/figure.ts';
import { numberOption, numbersOption } from '../shape/option.ts';
import { startInstallation, type Installation } from './own-installation.ts';

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
  unable: () =>
    existsSync('/proc/self/smaps_rollup')
      ? null
      : 'It reads what processes use from /proc, which this system does not have.',
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

interface Crowd {
  gitward: Installation;
  git: GitServer;
  platforms: StorageApi[];
  database: pg.Client;
}

async function* measureMany(
  place: Place,
  { count, rounds, idle }: { count: number; rounds: number; idle: number },
): AsyncGenerator<Figure> {
  const crowd = await begin(place, count);
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

async function begin(place: Place, count: number): Promise<Crowd> {
  const { server: git } = await startGitServer(place);
  const platforms: StorageApi[] = [];
  for (let index = 0; index < count; index += 1) {
    const platform = await startStorageApi({ project: smallProject({ id: 1_000 + index }) });
    place.atEnd(() => platform.close());
    platforms.push(platform);
  }
  const gitward = await startInstallation(place, { GITWARD_WINDOW: `${window}s` });
  const password = await readFile(join(gitward.data, 'postgres-password'), 'utf8');
  const database = new pg.Client({
    ...{ host: join(gitward.data, 'postgres'), user: 'gitward', database: 'gitward' },
    password: password.trim(),
  });
  await database.connect();
  place.atEnd(() => database.end());
  return { gitward, git, platforms, database };
}

async function enableAll({ gitward, git, platforms, database }: Crowd): Promise<void> {
  const { username, password } = git.credential ?? { username: '', password: '' };
  const { id: credentialId } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
    ...{ name: 'bench', username, origin: git.url('any'), token: password },
  });
  for (const { projectId: id, url, token } of platforms) {
    await git.createRepository(id);
    const source = { kind: 'keboola', url, token };
    await gitward.call('POST', '/v1/projects', { id, name: id, source });
    await gitward.call('PUT', `/v1/projects/${id}/mirrors/default`, {
      repository: { url: git.url(id), branch: 'main', credentialId },
    });
  }
  await untilNone(
    database,
    'SELECT count(*)::int AS left FROM mirrors WHERE initialized_at IS NULL',
  );
}

async function changeAll({ gitward, platforms, database }: Crowd, round: number): Promise<void> {
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

async function untilNone(database: pg.Client, query: string): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ left: number }>(query);
    if (rows[0]?.left === 0) return;
    await sleep(100);
  }
}

const kinds = ['Gitward', 'PostgreSQL', 'Temporal'] as const;
type Kind = (typeof kinds)[number];

interface Look {
  used: Record<Kind, Used>;
  /** Bytes. */
  sizes: Record<'the database' | 'Temporal' | "git's caches", number>;
}

async function look({ gitward, database }: Crowd): Promise<Look> {
  const used = await usedBelow(gitward.process.pid ?? 0, (command): Kind => {
    if (command.includes('postgres')) return 'PostgreSQL';
    return command.includes('temporal') && !command.includes('main.js') ? 'Temporal' : 'Gitward';
  });
  const { rows } = await database.query<{ size: string }>(
    'SELECT pg_database_size(current_database()) AS size',
  );
  const none = { cpu: 0, memory: 0 };
  const of = (kind: Kind) => used.get(kind) ?? none;
  return {
    used: { Gitward: of('Gitward'), PostgreSQL: of('PostgreSQL'), Temporal: of('Temporal') },
    sizes: {
      'the database': Number(rows[0]?.size),
      Temporal: sizeOf(join(gitward.data, 'temporal')),
      "git's caches": sizeOf(join(gitward.data, 'git-cache')),
    },
  };
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
