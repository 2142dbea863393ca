import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../embedded/postgres.ts';
import type { MirrorPolicy } from '../model/mirror/mirror.ts';
import { defaultSamples } from '../model/mirror/samples.ts';
import { gitEnvironment } from '../test/support/git-repository.ts';
import { GitServer } from '../examples/git-server/git-server.ts';
import { largeProject } from '../test/support/mirror/large-project.ts';
import type { ApiConfiguration } from '../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../examples/storage-api/storage-api.ts';
import type { Order, Report } from './mirror-contender.ts';

/**
 * A project's initial mirror, and one changed configuration, from the platform's answer to the commit
 * that was read back, without the window; on a PostgreSQL and over HTTP, as in production. The floor is
 * the platform's answer, `git fast-import` of what is in memory already, and a push. The initial mirror is made several
 * times, in turns with and without the guard that looks for secrets in texts, so that what it costs is told from one run.
 *
 *     npm run bench:mirror -- --sizes 1000,10000 --rounds 11 --initials 3
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '11' },
    initials: { type: 'string', default: '3' },
  },
});
const rounds = Number(values.rounds);
const initials = Number(values.initials);
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
      'one changed content     ',
      ({ configuration }, round) => ({
        configuration: {
          ...configuration,
          parameters: { ...Object(configuration.parameters), round },
        },
      }),
    ],
    ['one renamed             ', ({ name }, round) => ({ name: `${name} ${round}` })],
  ];

const place = await mkdtemp(join(tmpdir(), 'bench-'));
const postgres = await startPostgres({ directory: join(place, 'postgres') });
const server = await GitServer.start();
const { username = '', password = '' } = server.credential ?? {};
try {
  for (const size of values.sizes.split(',').map(Number)) await measure(size);
} finally {
  await server.close();
  await postgres.stop();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

/** A mirror of the project in a process, a database and a repository of its own, and what its first commit took. */
async function begin(platform: StorageApi, name: string, of: MirrorPolicy) {
  const repository = await server.createRepository(name);
  const mirror = fork(new URL('mirror-contender.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
  const { url, token, projectId } = platform;
  const initial = await tell(mirror, {
    do: 'initial',
    database: await createDatabase(name.replaceAll('-', '_')),
    platform: { url, token, projectId },
    repository: { url: server.url(name), username, password },
    policy: of,
  });
  return { repository, mirror, initial };
}

/** What the first commit takes, of a mirror that is of no use after it. */
async function initialOnly(platform: StorageApi, name: string, of: MirrorPolicy): Promise<number> {
  const { mirror, initial } = await begin(platform, name, of);
  await end(mirror);
  return initial.milliseconds;
}

async function measure(size: number): Promise<void> {
  const project = largeProject({ configurations: size });
  const platform = await startStorageApi({ project, keepAnswers: true });
  const name = `mirror-${size}`;
  const unguardedPolicy: MirrorPolicy = { ...policy, secretsInText: 'off' };
  const guarded: number[] = [];
  const unguarded: number[] = [];
  for (let turn = 1; turn < initials; turn++) {
    unguarded.push(await initialOnly(platform, `${name}-unguarded-${turn}`, unguardedPolicy));
    guarded.push(await initialOnly(platform, `${name}-guarded-${turn}`, policy));
  }
  unguarded.push(await initialOnly(platform, `${name}-unguarded`, unguardedPolicy));
  const { repository, mirror, initial } = await begin(platform, name, policy);
  guarded.push(initial.milliseconds);
  const files = (await repository.git(['ls-tree', '-r', '--name-only', 'main']))
    .toString()
    .split('\n').length;
  console.log(`\n${size} configurations, ${files} files`);
  const floors = await floorOf(platform, repository.directory, name);
  console.log(
    `initial mirror           ${spread(guarded)}, at most ${mb(initial.memory)}; floor ${ms(floors.initial)}; ` +
      `without the guard ${spread(unguarded)}`,
  );

  for (const [what, change] of changes) {
    const times: number[] = [];
    let calls = 0;
    for (let round = 0; round <= rounds; round++) {
      const configurations = project.branches[0]?.configurations ?? [];
      const changed = configurations[(round * 7_919) % configurations.length]!;
      const event = platform.change(
        { branchId: '1000', componentId: changed.componentId, configId: changed.id },
        change(changed, round),
      );
      platform.resetCalls();
      const { milliseconds } = await tell(mirror, { do: 'change', event });
      calls = Math.max(calls, sum(Object.values(platform.calls)));
      // The first round fills caches, and does not count.
      if (round > 0) times.push(milliseconds);
    }
    console.log(`${what} ${spread(times)}, at most ${calls} calls; floor ${ms(floors.change)}`);
  }
  const catchUp = await tell(mirror, { do: 'catch-up' });
  console.log(
    `catch-up without changes ${ms(catchUp.milliseconds)}; memory at most ${mb(catchUp.memory)}`,
  );
  await end(mirror);
  await platform.close();
}

async function end(mirror: ChildProcess): Promise<void> {
  mirror.disconnect();
  await once(mirror, 'exit');
}

async function tell(mirror: ChildProcess, order: Order): Promise<Report> {
  mirror.send(order);
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const [report] = (await Promise.race([
      once(mirror, 'message', { signal }),
      once(mirror, 'exit', { signal }).then(() => Promise.reject(new Error('The mirror ended.'))),
    ])) as [Report];
    return report;
  } finally {
    answered.abort();
  }
}

async function createDatabase(name: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return postgres.url(name);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The platform's answer, a `git fast-import` of what the mirror made of it, and a push; and one more file. */
async function floorOf(
  platform: StorageApi,
  made: string,
  name: string,
): Promise<{ initial: number; change: number }> {
  const stream = await git(made, ['fast-export', 'main']);
  await server.createRepository(`${name}-floor`);
  const directory = await mkdtemp(join(place, 'floor-'));
  await git(directory, ['init', '--quiet', '--bare', '--template=', '.']);
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const push = [
    ...['-c', `http.extraHeader=Authorization: Basic ${basic}`],
    ...['push', '--quiet', server.url(`${name}-floor`), 'main'],
  ];
  const answer = () =>
    fetch(`${platform.url}/v2/storage/branch/1000/components?include=configuration,rows`, {
      headers: { 'x-storageapi-token': platform.token },
    }).then((response) => response.arrayBuffer());
  const initialBegun = performance.now();
  await answer();
  await git(directory, ['fast-import', '--quiet'], stream);
  await git(directory, push);
  const initial = performance.now() - initialBegun;

  const changes: number[] = [];
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    const content = `changed in round ${round}\n`;
    const config = platform.project.branches[0]?.configurations[round];
    const path = `/v2/storage/branch/1000/components/${config?.componentId}/configs/${config?.id}`;
    await fetch(`${platform.url}${path}`, {
      headers: { 'x-storageapi-token': platform.token },
    }).then((response) => response.arrayBuffer());
    await git(
      directory,
      ['fast-import', '--quiet'],
      Buffer.from(
        `commit refs/heads/main\ncommitter Bench <bench@example.com> ${Math.floor(Date.now() / 1000)} +0000\n` +
          `data 3\none\nfrom refs/heads/main^0\nM 100644 inline configs/one.txt\ndata ${content.length}\n${content}\n`,
      ),
    );
    await git(directory, push);
    changes.push(performance.now() - begun);
  }
  return { initial, change: median(changes) };
}

async function git(cwd: string, args: readonly string[], input?: Buffer): Promise<Buffer> {
  const child = spawn('git', args, {
    cwd,
    env: gitEnvironment(place),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}`);
  return Buffer.concat(chunks);
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
}

/** The median, and between what the others are. */
function spread(times: readonly number[]): string {
  return `${ms(median(times))} (${ms(Math.min(...times))} to ${ms(Math.max(...times))})`;
}

function ms(milliseconds: number): string {
  return milliseconds < 2_000
    ? `${milliseconds.toFixed(0)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}
