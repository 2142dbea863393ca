import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import type { ApiConfiguration } from '../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { defaultSamples } from '../../model/mirror/samples.ts';
import { largeProject } from '../../test/support/mirror/large-project.ts';
import { Place } from '../measuring/place.ts';
import { ask, end, forkSource, git } from '../measuring/processes.ts';
import { startGitServer, startOwnPostgres, type OwnPostgres } from '../measuring/servers.ts';
import { figure, median, takeTurns, timed, timedRounds } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption, numbersOption } from '../shape/option.ts';
import type { Order, Report } from './mirror-contender.ts';

const policy: MirrorPolicy = {
  secrets: 'encrypted',
  samples: defaultSamples,
  jobs: { enabled: false, retainDays: 30, include: 'all' },
  storage: { volatile: false },
  branchPath: 'name',
  notify: { emails: [] },
};

/** What changes: content alone, or a name as well, which the manifest, lineage and catalogs tell of too. */
const changes: [string, (changed: ApiConfiguration, round: number) => Partial<ApiConfiguration>][] =
  [
    [
      'one changed content',
      ({ configuration }, round) => ({
        configuration: {
          ...configuration,
          parameters: { ...Object(configuration.parameters), round },
        },
      }),
    ],
    ['one renamed', ({ name }, round) => ({ name: `${name} ${round}` })],
  ];

/** Half of the 120 s below which 95 of 100 changes are to be in Git (`docs/metrics.md`): the window may take the rest. */
const deliveredWithin = 60_000;

/** Where mirrors are kept. */
interface Servers {
  place: Place;
  postgres: OwnPostgres;
  remotes: Awaited<ReturnType<typeof startGitServer>>;
}

/** A project's initial mirror, and what changes of it cost. */
export const mirror = defineBench({
  name: 'mirror',
  measures:
    "A project's initial mirror, and one changed configuration, from the platform's answer to the commit that was read back, without the window; on a PostgreSQL and over HTTP. The floor is the platform's answer, git fast-import of what is in memory already, and a push. Initial mirrors take turns with some that are not guarded against secrets in texts (the peer).",
  options: {
    sizes: numbersOption('configurations of the project', {
      default: [1_000, 10_000],
      quick: [100, 300],
    }),
    rounds: numberOption('changes of each kind', { default: 11, quick: 3 }),
    initials: numberOption('initial mirrors of each kind', { default: 3, quick: 1 }),
  },
  async *measure({ sizes, rounds, initials }) {
    const place = await Place.make();
    try {
      const remotes = await startGitServer(place);
      const servers: Servers = { place, remotes, postgres: await startOwnPostgres(place) };
      for (const size of sizes) yield* measureSize(servers, { size, rounds, initials });
    } finally {
      await place.end();
    }
  },
});

async function* measureSize(
  servers: Servers,
  { size, rounds, initials }: { size: number; rounds: number; initials: number },
) {
  const at = { of: 'configurations', value: size };
  const project = largeProject({ configurations: size });
  const platform = await startStorageApi({ project, keepAnswers: true });
  try {
    const name = `mirror-${size}`;
    const unguarded: MirrorPolicy = { ...policy, secretsInText: 'off' };
    const initial = async (kind: string, of: MirrorPolicy): Promise<Report> => {
      const { contender, report } = await begin(servers, platform, `${name}-${kind}`, of);
      await end(contender);
      return report;
    };
    const more = await takeTurns(
      {
        unguarded: (round) => initial(`unguarded-${round}`, unguarded),
        guarded: (round) => initial(`guarded-${round}`, policy),
      },
      { rounds: initials - 1, warmUps: 0 },
    );
    const without = [...more.unguarded, await initial('unguarded', unguarded)];
    const kept = await begin(servers, platform, name, policy);
    const guarded = [...more.guarded, kept.report];
    const files = await git(kept.directory, ['ls-tree', '-r', '--name-only', 'main']);
    const note = `${files.toString().trim().split('\n').length.toLocaleString('en')} files`;
    const floors = await floorOf(servers, platform, kept.directory, name);
    yield figure('initial mirror', 'ms', guarded.map(milliseconds), {
      ...{ group: 'The initial mirror', at, note },
      floor: { name: "the platform's answer, fast-import, push", value: floors.initial },
      peers: [{ name: 'without the guard', value: median(without.map(milliseconds)) }],
    });
    for (const [what, change] of changes) {
      let calls = 0;
      const taken: number[] = [];
      // The first round fills caches, and does not count.
      for (let round = 0; round <= rounds; round += 1) {
        const configurations = project.branches[0]?.configurations ?? [];
        const changed = configurations[(round * 7_919) % configurations.length]!;
        const event = platform.change(
          { branchId: '1000', componentId: changed.componentId, configId: changed.id },
          change(changed, round),
        );
        platform.resetCalls();
        const report = await tell(kept.contender, { do: 'change', event });
        calls = Math.max(calls, sum(Object.values(platform.calls)));
        if (round > 0) taken.push(report.milliseconds);
      }
      yield figure(what, 'ms', taken, {
        ...{ group: 'What happens later', at, note: `at most ${calls} calls of the platform` },
        floor: { name: "the platform's answer, fast-import, push", value: floors.change },
        target: deliveredWithin,
      });
    }
    const catchUp = await tell(kept.contender, { do: 'catch-up' });
    await end(kept.contender);
    yield figure('catch-up without changes', 'ms', [catchUp.milliseconds], {
      ...{ group: 'What happens later', at },
    });
    const group = 'Most memory of the process';
    const memory = guarded.map((report) => report.memory);
    yield figure('after the initial mirror', 'bytes', memory, { group, at });
    yield figure('after all changes and a catch-up', 'bytes', [catchUp.memory], { group, at });
  } finally {
    await platform.close();
  }
}

/** A mirror of the project in a process, a database and a repository of its own, and what its first commit took. */
async function begin(servers: Servers, platform: StorageApi, name: string, of: MirrorPolicy) {
  const { server, credential } = servers.remotes;
  const repository = await server.createRepository(name);
  const caches = servers.place.path(`${name}-caches`);
  await mkdir(caches);
  const contender = forkSource(new URL('mirror-contender.ts', import.meta.url), [caches]);
  const { url, token, projectId } = platform;
  const report = await tell(contender, {
    do: 'initial',
    database: await servers.postgres.create(name.replaceAll('-', '_')),
    platform: { url, token, projectId },
    repository: { url: server.url(name), ...credential },
    policy: of,
  });
  return { directory: repository.directory, contender, report };
}

function milliseconds(report: Report): number {
  return report.milliseconds;
}

function tell(contender: ChildProcess, order: Order): Promise<Report> {
  return ask<Report>(contender, order);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The platform's answer, a `git fast-import` of what the mirror made of it, and a push; and the same for one more file. In milliseconds. */
async function floorOf(
  { place, remotes }: Servers,
  platform: StorageApi,
  made: string,
  name: string,
): Promise<{ initial: number; change: number }> {
  const { server, credential } = remotes;
  const stream = await git(made, ['fast-export', 'main']);
  await server.createRepository(`${name}-floor`);
  const directory = place.path(`${name}-floor`);
  await mkdir(directory);
  await git(directory, ['init', '--quiet', '--bare', '--template=', '.']);
  const basic = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
  const push = [
    ...['-c', `http.extraHeader=Authorization: Basic ${basic}`],
    ...['push', '--quiet', server.url(`${name}-floor`), 'main'],
  ];
  const answer = async (path: string) => {
    const headers = { 'x-storageapi-token': platform.token };
    const response = await fetch(`${platform.url}/v2/storage/branch/1000/${path}`, { headers });
    return response.arrayBuffer();
  };
  const initial = await timed(async () => {
    await answer('components?include=configuration,rows');
    await git(directory, ['fast-import', '--quiet'], stream);
    await git(directory, push);
  });
  const later = await timedRounds(5, async (round) => {
    const content = `changed in round ${round}\n`;
    const config = platform.project.branches[0]?.configurations[round];
    await answer(`components/${config?.componentId}/configs/${config?.id}`);
    await git(
      directory,
      ['fast-import', '--quiet'],
      `commit refs/heads/main\ncommitter Bench <bench@example.com> ${Math.floor(Date.now() / 1000)} +0000\n` +
        `data 3\none\nfrom refs/heads/main^0\nM 100644 inline configs/one.txt\ndata ${content.length}\n${content}\n`,
    );
    await git(directory, push);
  });
  return { initial, change: median(later) };
}
