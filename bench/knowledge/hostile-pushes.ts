import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startStorageApi } from '../../examples/storage-api/storage-api.ts';
import type { GitRepository } from '../../test/support/git-repository.ts';
import { commitTree } from '../../test/support/hostile-trees.ts';
import { build } from '../measuring/build.ts';
import { Place } from '../measuring/place.ts';
import { startGitServer } from '../measuring/servers.ts';
import { figure, median } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';
import { startInstallation, until, type Installation } from './installation.ts';
import { pushesOf, type Push } from './pushes.ts';

/** Below which 95 of 100 changes are to be in Git (`docs/metrics.md`). */
const latency = 120_000;

/** What expensive pushes do to others. */
export const hostilePushes = defineBench({
  name: 'hostile-pushes',
  measures:
    'Pushes that are made to be expensive, one after another into one space, beside a healthy space and a mirror on the same installation: how long the healthy ones wait for their commits, what memory the processes take, and what the space says.',
  options: {
    percent: numberOption('size of the pushes, in percent', { default: 100, quick: 2 }),
    pause: numberOption('seconds for which is measured after each', { default: 5, quick: 1 }),
  },
  async *measure({ percent, pause }) {
    build();
    const place = await Place.make();
    try {
      const others = await startOthers(place);
      const { call, space, hostile } = others;
      yield* measurePush(others, ['nothing else', () => Promise.resolve()], pause);
      const listed = await hostile.git(['rev-parse', 'main:knowledge/skills']);
      const skills = listed.toString().trim();
      for (const push of pushesOf(percent)) {
        const before = await hostile.tip();
        yield* measurePush(others, push, pause);
        // The people of the space take it back: out of the history if it could not be read, else with a commit.
        if ((await space('hostile')).outage !== null) await hostile.setBranch('main', before ?? '');
        else await commitTree(hostile, skills, 'knowledge/skills');
        await call('POST', '/v1/spaces/hostile/actions/retry');
        await until(async () => {
          const { outage, syncedCommit } = await space('hostile');
          // Most of the space goes again, which somebody must confirm.
          if (outage?.reason.code === 'mass_removal')
            await call('POST', '/v1/spaces/hostile/actions/approve');
          return outage === null && syncedCommit === (await hostile.tip());
        });
      }
    } finally {
      await place.end();
    }
  },
});

interface Space {
  state: string;
  syncedCommit: string | null;
  outage: { reason: { code: string; message: string } } | null;
  problems: { count: number };
}

/** An installation with a mirror, a healthy space and one for the pushes. */
interface Others extends Installation {
  hostile: GitRepository;
  space: (id: string) => Promise<Space>;
  /** Saves an entry of the healthy space, and waits for its commit. */
  saveAndWait: () => Promise<void>;
  /** Changes a configuration, posts the event as the platform's sender does, and waits for its commit. */
  changeAndWait: () => Promise<void>;
}

async function startOthers(place: Place): Promise<Others> {
  const { server, credential } = await startGitServer(place);
  const platform = await startStorageApi();
  place.atEnd(() => platform.close());
  const installation = await startInstallation(place);
  const { call } = installation;
  const space = (id: string) => call<Space>('GET', `/v1/spaces/${id}`);
  const repositoryOf = async (name: string) => {
    const { username, password } = credential;
    const url = server.url(name);
    const body = { name, username, token: password, origin: new URL(url).origin };
    const { id } = await call<{ id: string }>('POST', '/v1/credentials', body);
    return { url, branch: 'main', credentialId: id };
  };
  const addSpace = async (id: string, files: Record<string, string>) => {
    const repository = await server.createRepository(id);
    await repository.commit({ files, message: 'Begin' });
    await call('POST', '/v1/spaces', { id, name: id, repository: await repositoryOf(id) });
    await until(async () => (await space(id)).state === 'synced');
    return repository;
  };

  const mirrored = await server.createRepository('mirror');
  const { url, token: secret, projectId } = platform;
  const source = { kind: 'keboola', url, token: secret };
  await call('POST', '/v1/projects', { id: projectId, name: 'Shop', source });
  await call('PUT', `/v1/projects/${projectId}/mirrors/default`, {
    repository: await repositoryOf('mirror'),
  });
  await until(async () => (await mirrored.tip()) !== null);
  await addSpace('healthy', { 'knowledge/skills/a.md': '---\nid: a\ntitle: A\n---\n' });
  return {
    ...{ ...installation, space },
    hostile: await addSpace('hostile', {
      'knowledge/skills/b.md': '---\nid: b\ntitle: B\n---\n',
    }),
    saveAndWait: async () => {
      const path = '/v1/spaces/healthy/entries/a';
      const { blob } = await call<{ blob: string }>('GET', path);
      const title = randomBytes(4).toString('hex');
      await call('PUT', `${path}?wait=commit`, { base: blob, fields: { title } });
    },
    changeAndWait: async () => {
      const before = await mirrored.tip();
      await call('POST', '/v1/events', [
        platform.change({ componentId: 'keboola.ex-db-mysql', configId: '7' }),
      ]);
      await until(async () => (await mirrored.tip()) !== before);
    },
  };
}

/** Pushes, and measures what the healthy ones wait until the space has read the push, or says why it does not. */
async function* measurePush(others: Others, [name, push]: Push, pause: number) {
  const { call, space, hostile } = others;
  others.takePeaks();
  const ended = new AbortController();
  const work = Promise.all([
    repeat(ended.signal, others.saveAndWait),
    repeat(ended.signal, others.changeAndWait),
  ]);
  // What fails is thrown below, when the work is waited for.
  work.catch(() => undefined);
  let took: number;
  try {
    await push(hostile);
    // Who has nothing new says so, or is already reading.
    await call('POST', '/v1/spaces/hostile/actions/refresh').catch(() => undefined);
    const from = performance.now();
    await until(async () => {
      const { outage, syncedCommit } = await space('hostile');
      return outage !== null || syncedCommit === (await hostile.tip());
    });
    took = performance.now() - from;
    await sleep(pause * 1_000);
  } finally {
    ended.abort();
  }
  const [saves, changes] = await work;
  const { state, outage, problems } = await space('hostile');
  const listed = JSON.stringify(await call('GET', '/v1/spaces')).length;
  const said = [
    outage === null ? state : `${state} (${outage.reason.code}): ${outage.reason.message}`,
    ...(problems.count === 0 ? [] : [`${problems.count} problems; list of spaces: ${listed} B`]),
  ];
  yield figure(name, 'ms', [took], {
    ...{ group: 'Until it was read, or the space said why not', note: said.join('; ') },
  });
  yield longest(name, saves, { group: 'The longest wait of a save elsewhere' });
  yield longest(name, changes, {
    ...{ group: "The longest wait of a mirror's change", target: latency },
  });
  for (const [of, bytes] of others.takePeaks())
    yield figure(name, 'bytes', [bytes], { group: `Most memory of ${of}` });
}

function longest(name: string, waits: number[], more: { group: string; target?: number }) {
  const note = `of ${waits.length}, median ${(median(waits) / 1_000).toFixed(1)} s`;
  return figure(name, 'ms', [Math.max(...waits)], { ...more, note });
}

/** Does it again and again until it is told to end, and at least once; returns how long each took, in milliseconds. */
async function repeat(signal: AbortSignal, once: () => Promise<void>): Promise<number[]> {
  const waits: number[] = [];
  do {
    const from = performance.now();
    await once();
    waits.push(performance.now() - from);
    await sleep(500);
  } while (!signal.aborted);
  return waits;
}
