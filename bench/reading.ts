import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApi } from '../api/http/create-api.ts';
import { ensureAdminToken } from '../db/access/tokens.ts';
import { connect, type Db } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { recordPush } from '../db/streams/pushed-commits.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { createGitClones } from '../git/clones/clones.ts';
import { mirrorStream } from '../model/mirror/ids.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { platforms } from '../platforms/index.ts';
import { GitRepository } from '../test/support/git-repository.ts';
import { commitTree, treeBomb } from '../test/support/hostile-trees.ts';
import { depsOf } from './deps-of.ts';
import { makeReadingRepository, runOf } from './reading-repository.ts';

/**
 * Reading a mirror over HTTP: how long each route takes and how much memory the process and its git
 * take, on a project of many configurations with a long history; then, what asking for too much gives.
 *
 *     npm run bench:reading -- --configurations 10000 --commits 100000 --requests 200
 */
const { values } = parseArgs({
  options: {
    configurations: { type: 'string', default: '10000' },
    commits: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '200' },
    role: { type: 'string', default: 'measure' },
    directory: { type: 'string', default: '' },
    keep: { type: 'string', default: '' },
  },
});
const [configurations, commits, requests] = [
  Number(values.configurations),
  Number(values.commits),
  Number(values.requests),
];
const stream = mirrorStream({ projectId: 'shop', branchId: '1000' });
const base = '/v1/projects/shop/mirrors/1000';
const token = 'gw_the-admin-token-of-this-bench';

if (values.role === 'make')
  await makeReadingRepository({ directory: values.directory, configurations, commits });
else await measure();

async function measure(): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'bench-reading-'));
  const directory = values.keep === '' ? join(place, 'remote.git') : values.keep;
  if (!existsSync(directory)) {
    const begun = performance.now();
    // In a process of its own, since it takes more memory than what is measured.
    const args = ['--role', 'make', '--directory', directory];
    const sizes = ['--configurations', values.configurations, '--commits', values.commits];
    const [code] = (await once(
      fork(fileURLToPath(import.meta.url), [...args, ...sizes], { execArgv: process.execArgv }),
      'close',
    )) as [number];
    if (code !== 0) throw new Error('The repository was not made.');
    console.log(`The repository was made in ${seconds(begun)} s.`);
  }
  const repository = new GitRepository(directory);
  const postgres = await startPostgres({ directory: join(place, 'postgres') });
  const db = connect({ url: postgres.url('postgres'), onError: (error) => console.error(error) });
  const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
  const clones = await createGitClones({ cacheDirectory: join(place, 'clones'), policy });
  try {
    await migrate(db);
    await ensureAdminToken(db, token);
    const shas = (await repository.git(['rev-list', '--first-parent', '--reverse', 'main']))
      .toString()
      .trim()
      .split('\n');
    await fill(db, directory, shas);
    const app = createApi(depsOf(db, clones));
    await app.ready();
    const get = async (path: string) => {
      const answer = await app.inject({
        url: base + path,
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: answer.statusCode, text: answer.body };
    };
    await routes(get, repository, shas, join(place, 'clones'));
    await tooMuch(get, db, repository, shas);
    await app.close();
  } finally {
    await clones.close();
    await db.destroy();
    await postgres.stop();
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Get = (path: string) => Promise<{ status: number; text: string }>;

async function routes(
  get: Get,
  repository: GitRepository,
  shas: string[],
  clonesDirectory: string,
): Promise<void> {
  const random = randomOf(1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const paths = (await repository.git(['ls-tree', '-r', '-z', '--name-only', 'main']))
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  const catalog = await everyEntry(get);
  const configurationsOf = catalog.filter(({ kind }) => kind === 'configuration');
  const tables = catalog.filter(({ kind }) => kind === 'table');
  const words = catalog.flatMap(({ name }) => name.split(/\s+/)).filter((word) => word.length > 2);
  const changing = shas.filter((_sha, at) => at % 20 === 0 && at > 0);
  const named = () => {
    const { componentId, configurationId } = pick(configurationsOf);
    return `component=${componentId}&configuration=${configurationId}`;
  };
  const before = memory();
  console.log(`Memory before: ${before}`);

  const cases: Record<string, () => string> = {
    'tree, newest': () => `/tree?path=${encodeURIComponent(pick(folders))}`,
    'tree, at a commit': () => `/tree?path=configs/main/extractor&at=${pick(shas)}`,
    'tree, at a date': () =>
      `/tree?path=jobs&at=${runOf(1 + Math.floor(random() * commits)).finishedAt.toISOString()}`,
    'file, newest': () => `/file?path=${encodeURIComponent(pick(paths))}`,
    'file, at a commit': () => `/file?path=configs/.keboola/project.json&at=${pick(shas)}`,
    'commit of a run': () => `/commits/${pick(shas.slice(1))}`,
    'commit of a configuration': () => `/commits/${pick(changing)}`,
    'the first commit, 50 objects': () => `/commits/${shas[0]}`,
    'versions of a configuration': () => `/objects/versions?${named()}`,
    'versions of a table': () => `/objects/versions?table=${pick(tables).tableId}`,
    'lineage of a table, depth 3': () => `/lineage?table=${pick(tables).tableId}`,
    'lineage, depth 10, both ways': () => `/lineage?${named()}&depth=10`,
    'runs, newest': () => '/runs',
    'runs of a configuration': () => `/runs?${named()}`,
    'runs that failed, of a month': () => '/runs?status=FAILED&from=2026-02-01&to=2026-03-01',
    'search, one word': () => `/search?text=${encodeURIComponent(pick(words))}`,
    'search, two words': () =>
      `/search?text=${encodeURIComponent(`${pick(words)} ${pick(words)}`)}`,
  };
  const slow = /first commit|versions/;
  const few = Math.max(5, Math.floor(requests / 20));
  await row(get, 'versions, before the index', few, cases['versions of a configuration']!);
  const waited = performance.now();
  await graphWritten(clonesDirectory);
  console.log(`The index of paths (commit graph) was written after another ${seconds(waited)} s.`);
  for (const [name, path] of Object.entries(cases))
    await row(get, name, slow.test(name) ? Math.ceil(requests / 4) : requests, path);
  console.log(`Memory after: ${memory()}`);
}

/** The whole catalog, page by page: the search for a letter that most names have. */
async function everyEntry(
  get: Get,
): Promise<
  { kind: string; name: string; componentId: string; configurationId: string; tableId: string }[]
> {
  const begun = performance.now();
  const all: Awaited<ReturnType<typeof everyEntry>> = [];
  for (let cursor = ''; ;) {
    const { status, text } = await get(`/search?text=e&limit=200${cursor}`);
    // The clone of a large repository takes longer than an answer waits.
    if (status === 503 && cursor === '') {
      await sleep(1_000);
      continue;
    }
    if (status !== 200) throw new Error(text);
    if (cursor === '') console.log(`The first request made the clone, in ${seconds(begun)} s.`);
    const body = JSON.parse(text) as { items: typeof all; nextCursor: string | null };
    all.push(...body.items);
    if (body.nextCursor === null) return all;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

async function row(get: Get, name: string, count: number, path: () => string): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  const statuses = new Map<number, number>();
  for (let at = 0; at < count; at += 1) {
    const asked = path();
    const begun = performance.now();
    const { status, text } = await get(asked);
    times.push(performance.now() - begun);
    bytes = Math.max(bytes, text.length);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500) console.log(asked, text.slice(0, 300));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    (times[Math.min(Math.floor(times.length * share), times.length - 1)] ?? 0).toFixed(1);
  const answers = [...statuses].map(([status, of]) => `${of} × ${status}`).join(', ');
  console.log(
    `${name.padEnd(32)} P50 ${at(0.5).padStart(8)} ms  P95 ${at(0.95).padStart(8)} ms  most ${at(1).padStart(8)} ms  ${(bytes / 1024).toFixed(0).padStart(6)} KB  ${answers}`,
  );
}

/** What asking for too much gives: each is answered, in bounded time and memory. */
async function tooMuch(get: Get, db: Db, repository: GitRepository, shas: string[]): Promise<void> {
  console.log('\nAsking for too much:');
  const ask = async (name: string, path: string) => {
    const begun = performance.now();
    const { status, text } = await get(path);
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    const said =
      code === undefined ? `${(text.length / 1024).toFixed(0)} KB` : `${code}: ${detail}`;
    console.log(`${name.padEnd(32)} ${status} in ${seconds(begun)} s  ${said.slice(0, 160)}`);
  };
  await ask('201 items', '/runs?limit=201');
  await ask('depth 11', '/lineage?table=in.c-a.b&depth=11');
  await ask('a commit of all files, 200 objects', `/commits/${shas[0]}?limit=200`);
  await ask('200 versions', '/objects/versions?bucket=in.c-none&limit=200');
  const many = await Promise.all(
    Array.from({ length: 100 }, async () => (await get(`/commits/${shas[0]}`)).status),
  );
  const counts = new Map<number, number>();
  for (const status of many) counts.set(status, (counts.get(status) ?? 0) + 1);
  console.log(
    `100 requests for the first commit   ${[...counts].map(([status, of]) => `${of} × ${status}`).join(', ')}  ${memory()}`,
  );
  const bomb = await treeBomb(repository, { levels: 8, width: 10 });
  const tip = await repository.tip();
  const hostile = await commitTree(repository, bomb, 'jobs');
  await deliverHostile(db, hostile);
  await ask('a commit of 10⁸ files', `/commits/${hostile}`);
  await ask('a folder of it', '/tree?path=jobs/f0/f0');
  await ask('a search in it', '/search?text=a');
  console.log(`Memory at the end: ${memory()}`);
  await repository.git(['update-ref', 'refs/heads/main', tip ?? '']);
}

async function deliverHostile(db: Db, sha: string): Promise<void> {
  await db.updateTable('mirrors').set({ deliveredSha: sha }).execute();
}

async function fill(db: Db, directory: string, shas: string[]): Promise<void> {
  await db
    .insertInto('projects')
    .values({
      ...{ id: 'shop', name: 'Shop', sourceKind: 'keboola', sourceUrl: 'https://keboola.example' },
      ownedFolders: [...platforms.of('keboola').layout.ownedFolders],
      defaultBranchId: '1000',
    })
    .execute();
  await db
    .insertInto('mirrors')
    .values({
      ...{ projectId: 'shop', branchId: '1000', repositoryUrl: `file://${directory}` },
      ...{
        repositoryBranch: 'main',
        subdirectory: '',
        policy: '{}',
        developmentBranches: '{"link":[],"repository":{}}',
      },
      ...{ replacedSecrets: '[]', warnings: '[]', deliveredSha: shas.at(-1) ?? null },
    })
    .execute();
  // The history begins with what was recorded first.
  await recordPush(
    db,
    stream,
    shas.slice(0, 1).map((sha) => ({ sha, batches: [] })),
  );
  for (let start = 1; start < shas.length; start += 5_000)
    await recordPush(
      db,
      stream,
      shas.slice(start, start + 5_000).map((sha) => ({ sha, batches: [] })),
    );
  const components = ['keboola.ex-db-mysql', 'keboola.ex-db-snowflake', 'keboola.wr-db-mysql'];
  for (let start = 1; start <= commits; start += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, commits - start + 1) }, (_, at) => {
      const { runId, finishedAt, path } = runOf(start + at);
      return {
        ...{ stream, runId, finishedAt, path, seconds: 12, body: Buffer.alloc(400) },
        componentId: components[(start + at) % 3] ?? '',
        configId: String((start + at) % 1_000),
        status: (start + at) % 50 === 0 ? 'FAILED' : 'SUCCESS',
      };
    });
    await db.insertInto('jobRuns').values(rows).execute();
  }
}

/** Waits until the commit graph of the clone was written, which happens in the background. */
async function graphWritten(directory: string): Promise<void> {
  for (;;) {
    for (const own of readdirSync(directory))
      if (existsSync(join(directory, own)) && own.includes('@'))
        for (const clone of readdirSync(join(directory, own)))
          if (
            existsSync(join(directory, own, clone, 'objects/info/commit-graphs/commit-graph-chain'))
          )
            return;
    await sleep(200);
  }
}

/** What this process and its git processes have in memory. */
function memory(): string {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const most = process.resourceUsage().maxRSS * 1024;
  let git = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      if (!new RegExp(`^PPid:\\t${process.pid}$`, 'm').test(status)) continue;
      if (!/^Name:\tgit/m.test(status)) continue;
      git += 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch {
      // It has ended.
    }
  const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
  return `${mib(rss)} resident (${mib(most)} at most), ${mib(heapUsed)} heap, git ${mib(git)}`;
}

function seconds(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
