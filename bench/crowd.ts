import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { GitServer } from '../examples/git-server/git-server.ts';
import { smallProject } from '../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../examples/storage-api/storage-api.ts';
import { usedBelow, type Used } from './process-tree.ts';

/**
 * `gitward start` with many mirrors, each of a project of its own: how long until all are on their remotes, what a first
 * commit and what a change costs, and what everything takes when nothing happens. CPU, memory and sizes are those of
 * Gitward, PostgreSQL and Temporal; the platform and the Git server of the bench are not counted.
 *
 *     npm run bench:crowd -- --mirrors 100 --rounds 5 --idle 60
 */
const { values } = parseArgs({
  options: {
    mirrors: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    idle: { type: 'string', default: '60' },
  },
});
const mirrors = Number(values.mirrors);
const rounds = Number(values.rounds);
const idle = Number(values.idle);
/** Of the mirrors: long enough for all changes of a round to be sent in one. */
const windowSeconds = 5;

const kinds = ['Gitward', 'PostgreSQL', 'Temporal'] as const;
type Kind = (typeof kinds)[number];

const root = fileURLToPath(new URL('..', import.meta.url));
const place = await mkdtemp(join(tmpdir(), 'gitward-crowd-'));
const data = join(place, 'data');
const git = await GitServer.start();
const platforms: StorageApi[] = [];
for (let index = 0; index < mirrors; index++)
  platforms.push(await startStorageApi({ project: smallProject({ id: 1000 + index }) }));

let pushes = 0;

git.afterPush = () => {
  pushes++;

  return Promise.resolve();
};

const { process: gitward, url } = await start();
const database = new pg.Client({
  host: join(data, 'postgres'),
  user: 'gitward',
  database: 'gitward',
  password: (await readFile(join(data, 'postgres-password'), 'utf8')).trim(),
});
const adminToken = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
try {
  await database.connect();
  await measure();
} finally {
  await database.end();
  gitward.kill('SIGTERM');
  if (gitward.exitCode === null) await once(gitward, 'exit');
  await git.close();
  await Promise.all(platforms.map((platform) => platform.close()));
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

async function measure(): Promise<void> {
  console.log(`${mirrors} mirrors, windows of ${windowSeconds} s\n`);
  const began = await look();
  const first = await timed(enableAll);
  const enabled = await look();
  tell('enabled, until the first commits are on the remotes', first, began, enabled, mirrors);

  let seconds = 0;
  for (let round = 1; round <= rounds; round++)
    seconds += (await timed(() => changeAll(round))) - windowSeconds;
  const changed = await look();
  const changes = rounds * mirrors;
  tell('one change in each, without the window', seconds, enabled, changed, changes);

  await sleep(idle * 1000);
  const rested = await look();
  tell(`nothing for ${idle} s`, idle, changed, rested, null);
}

async function start(): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'start'], {
    cwd: root,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC' },
      ...{ GITWARD_DATA_DIR: data, GITWARD_PORT: '0', GITWARD_WORKER_METRICS_PORT: '0' },
      ...{ GITWARD_ALLOW_PRIVATE_NETWORK: 'true', GITWARD_WINDOW: `${windowSeconds}s` },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const up = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const at = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (at !== undefined) resolve(at);
      });
    child.once('exit', () => reject(new Error(`gitward start ended:\n${said}`)));
  });
  return { process: child, url: await up };
}

async function call<T>(method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function enableAll(): Promise<void> {
  const { username, password } = git.credential ?? { username: '', password: '' };
  const { id: credentialId } = await call<{ id: string }>('POST', '/v1/credentials', {
    ...{ name: 'bench', username, origin: git.url('any'), token: password },
  });
  for (const platform of platforms) {
    const { projectId: id, token } = platform;
    await git.createRepository(id);
    await call('POST', '/v1/projects', {
      ...{ id, name: id, source: { kind: 'keboola', url: platform.url, token } },
    });
    await call('PUT', `/v1/projects/${id}/mirrors/default`, {
      repository: { url: git.url(id), branch: 'main', credentialId },
    });
  }
  await allSent(`SELECT count(*)::int AS left FROM mirrors WHERE initialized_at IS NULL`);
}

async function changeAll(round: number): Promise<void> {
  const events = platforms.map((platform) =>
    platform.change(
      { componentId: 'keboola.ex-db-mysql', configId: '7' },
      { configuration: { parameters: { round } } },
    ),
  );
  for (let from = 0; from < events.length; from += 500)
    await call('POST', '/v1/events', events.slice(from, from + 500));
  await allSent(`SELECT count(*)::int AS left FROM change_events WHERE delivered_at IS NULL`);
}

async function allSent(query: string): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ left: number }>(query);
    if (rows[0]?.left === 0) return;
    await sleep(200);
  }
}

/** Seconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

interface Look {
  used: Map<Kind, Used>;
  /** Bytes. */
  sizes: { database: number; temporal: number; caches: number };
  pushes: number;
}

async function look(): Promise<Look> {
  const used = await usedBelow(gitward.pid ?? 0, (command): Kind => {
    if (command.includes('postgres')) return 'PostgreSQL';
    return command.includes('temporal') && !command.includes('main.js') ? 'Temporal' : 'Gitward';
  });
  const { rows } = await database.query<{ size: string }>(
    'SELECT pg_database_size(current_database()) AS size',
  );
  return {
    used,
    sizes: {
      database: Number(rows[0]?.size),
      temporal: await sizeOf(join(data, 'temporal')),
      caches: await sizeOf(join(data, 'git-cache')),
    },
    pushes,
  };
}

/** Bytes of the files below a folder. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        // A file of git's may be gone by now.
        const found = await stat(join(parentPath, name)).catch(() => null);
        return (found?.blocks ?? 0) * 512;
      }),
  );
  return sizes.reduce((total, size) => total + size, 0);
}

/** Prints what happened between two looks; `per` things happened, `null` if nothing did. */
function tell(what: string, seconds: number, before: Look, after: Look, per: number | null): void {
  const each = per ?? 1;
  console.log(
    `${what}: ${seconds.toFixed(1)} s` +
      (per === null
        ? ''
        : `, ${(per / seconds).toFixed(1)} a second, ${after.pushes - before.pushes} pushes`),
  );
  for (const kind of kinds) {
    const cpu = (after.used.get(kind)?.cpu ?? 0) - (before.used.get(kind)?.cpu ?? 0);
    const share =
      per === null
        ? `${((cpu / seconds) * 100).toFixed(1)} % of a core`
        : `${(cpu / each).toFixed(3)} s of CPU each`;
    console.log(`  ${kind.padEnd(12)}${share}, ${mb(after.used.get(kind)?.memory ?? 0)} of memory`);
  }
  for (const name of ['database', 'temporal', 'caches'] as const) {
    const grew = after.sizes[name] - before.sizes[name];
    console.log(
      `  ${name.padEnd(12)}${mb(after.sizes[name])}` +
        (per === null ? '' : `, ${(grew / each / 1024).toFixed(1)} KiB more each`),
    );
  }
  console.log('');
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
}
