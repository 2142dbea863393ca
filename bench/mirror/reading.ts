import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createApi } from '../../api/http/create-api.ts';
import { ensureAdminToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import { commitTree, treeBomb } from '../../test/support/hostile-trees.ts';
import { GitRepository } from '../../test/support/git-repository.ts';
import { depsOf } from '../measuring/deps-of.ts';
import { Place } from '../measuring/place.ts';
import { forkSource } from '../measuring/processes.ts';
import { startClones, startDatabase } from '../measuring/servers.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption, textOption } from '../shape/option.ts';
import { askOften, counted, type Get } from './reading-answers.ts';
import { fillReading } from './reading-data.ts';
import { graphWritten, memoryOfAll } from './reading-processes.ts';
import { everyEntry, routesOf } from './reading-routes.ts';

const token = 'gw_the-admin-token-of-this-bench';
const base = '/v1/projects/shop/mirrors/1000';
/** One request reads for this long at most (`docs/architecture.md`). */
const readsFor = 20_000;
const memoryGroup = 'Memory of the process and its git';

/** What reading a mirror over HTTP costs. */
export const reading = defineBench({
  name: 'reading',
  measures:
    'Reading a mirror over HTTP: how long each route takes and how much memory the process and its git take, on a project of many configurations with a long history; then, what asking for too much gives.',
  options: {
    configurations: numberOption('configurations of the project', { default: 10_000, quick: 100 }),
    // A clone has an index of paths only if there are as many.
    commits: numberOption('commits of the history', {
      ...{ default: 100_000, quick: 1_200, least: 1_000 },
    }),
    requests: numberOption('requests of each route', { default: 200, quick: 10 }),
    keep: textOption('where the repository is made once and kept', { default: '' }),
  },
  exposesGc: true,
  async *measure({ configurations, commits, requests, keep }) {
    const place = await Place.make();
    try {
      const directory = keep === '' ? place.path('remote.git') : keep;
      if (!existsSync(directory)) await make({ directory, configurations, commits });
      const repository = new GitRepository(directory);
      const { db } = await startDatabase(place);
      const clones = await startClones(place);
      await ensureAdminToken(db, token);
      const listed = await repository.git(['rev-list', '--first-parent', '--reverse', 'main']);
      const shas = listed.toString().trim().split('\n');
      await fillReading(db, { directory, shas, commits });
      const app = createApi(depsOf(db, clones));
      place.atEnd(() => app.close());
      await app.ready();
      const get: Get = async (path) => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await app.inject({ url: base + path, headers });
        return { status: answer.statusCode, text: answer.body };
      };
      yield* routes(get, {
        ...{ repository, shas, commits, requests },
        clonesDirectory: place.path('clones'),
      });
      yield* tooMuch(get, db, repository, shas);
    } finally {
      await place.end();
    }
  },
});

async function make(of: {
  directory: string;
  configurations: number;
  commits: number;
}): Promise<void> {
  const file = new URL('make-reading-repository.ts', import.meta.url);
  const [code] = (await once(forkSource(file, [JSON.stringify(of)]), 'close')) as [number];
  if (code !== 0) throw new Error('The repository was not made.');
}

async function* routes(
  get: Get,
  of: {
    repository: GitRepository;
    shas: string[];
    commits: number;
    requests: number;
    clonesDirectory: string;
  },
) {
  const { requests } = of;
  const first = performance.now();
  const catalog = await everyEntry(get);
  yield figure('first request, which makes the clone', 'ms', [catalog.firstAt - first], {
    group: 'At first',
  });
  const cases = await routesOf({ ...of, catalog: catalog.entries });
  yield* memoryOfAll('before', memoryGroup);
  const slow = /first commit|versions/;
  const few = Math.max(3, Math.floor(requests / 20));
  const early = await askOften(get, few, cases['versions of a configuration']!);
  yield figure('versions, before the index of paths', 'ms', early.times, {
    ...{ group: 'At first', note: early.note },
  });
  const waited = performance.now();
  await graphWritten(of.clonesDirectory);
  yield figure('index of paths, written after another', 'ms', [performance.now() - waited], {
    group: 'At first',
  });
  for (const [name, path] of Object.entries(cases)) {
    const count = slow.test(name) ? Math.ceil(requests / 4) : requests;
    const { times, note } = await askOften(get, count, path);
    yield figure(name, 'ms', times, { group: 'Routes', note, target: readsFor });
  }
  yield* memoryOfAll('after all routes', memoryGroup);
}

/** What asking for too much gives: each is answered, in bounded time and memory. */
async function* tooMuch(get: Get, db: Db, repository: GitRepository, shas: string[]) {
  const ask = async (name: string, path: string) => {
    const { times, note } = await askOften(get, 1, () => path);
    return figure(name, 'ms', times, { group: 'Asking for too much', note, target: readsFor });
  };
  yield await ask('201 items', '/runs?limit=201');
  yield await ask('depth 11', '/lineage?table=in.c-a.b&depth=11');
  yield await ask('a commit of all files, 200 objects', `/commits/${shas[0]}?limit=200`);
  yield await ask('200 versions', '/objects/versions?bucket=in.c-none&limit=200');
  const begun = performance.now();
  const many = await Promise.all(
    Array.from({ length: 100 }, async () => (await get(`/commits/${shas[0]}`)).status),
  );
  yield figure('100 requests for the first commit', 'ms', [performance.now() - begun], {
    ...{ group: 'Asking for too much', note: counted(many) },
  });
  const bomb = await treeBomb(repository, { levels: 8, width: 10 });
  const tip = await repository.tip();
  const hostile = await commitTree(repository, bomb, 'jobs');
  await db.updateTable('mirrors').set({ deliveredSha: hostile }).execute();
  yield await ask('a commit of 10⁸ files', `/commits/${hostile}`);
  yield await ask('a folder of it', '/tree?path=jobs/f0/f0');
  yield await ask('a search in it', '/search?text=a');
  await repository.git(['update-ref', 'refs/heads/main', tip ?? '']);
  yield* memoryOfAll('at the end', memoryGroup);
}
