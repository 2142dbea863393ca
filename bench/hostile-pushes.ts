import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../embedded/free-port.ts';
import { GitServer } from '../examples/git-server/git-server.ts';
import { startStorageApi } from '../examples/storage-api/storage-api.ts';
import type { GitRepository } from '../test/support/git-repository.ts';
import { commitTree, treeBomb, writeBlob, writeTree } from '../test/support/hostile-trees.ts';

/**
 * Pushes that are made to be expensive, one after another into one space, beside a healthy space and a mirror on the
 * same installation: how long the healthy ones wait for their commits, what memory the processes take, and what the
 * space says.
 *
 *     npm run bench:hostile-pushes
 */
const place = await mkdtemp(join(tmpdir(), 'bench-hostile-'));
const [git, platform] = await Promise.all([GitServer.start(), startStorageApi()]);
const api = `http://127.0.0.1:${await freePort('127.0.0.1', 0)}`;
const gitward = start();
const repositories = new Map<string, GitRepository>();
let token = '';
let peaks = new Map<string, number>();
const memory = setInterval(() => void lookAtMemory(), 250);
try {
  await until(async () => (await fetch(`${api}/readyz`)).ok);
  token = (await readFile(join(place, 'data', 'admin-token'), 'utf8')).trim();
  await addMirror();
  await addSpace('healthy', { 'knowledge/skills/a.md': '---\nid: a\ntitle: A\n---\n' });
  const hostile = await addSpace('hostile', {
    'knowledge/skills/b.md': '---\nid: b\ntitle: B\n---\n',
  });
  await report('nothing else', hostile, () => Promise.resolve());
  const skills = (await hostile.git(['rev-parse', 'main:knowledge/skills'])).toString().trim();
  for (const [name, push] of pushes()) {
    const before = await hostile.tip();
    await report(name, hostile, () => push(hostile));
    // The people of the space take it back: out of the history if it could not be read, else with a commit.
    if ((await space('hostile')).outage !== null) await hostile.setBranch('main', before ?? '');
    else await commitTree(hostile, skills, 'knowledge/skills');
    await call('POST', '/v1/spaces/hostile/actions/retry');
    await until(async () => {
      const { outage, syncedCommit } = await space('hostile');
      return outage === null && syncedCommit === (await hostile.tip());
    });
  }
} finally {
  clearInterval(memory);
  gitward.kill('SIGTERM');
  await new Promise((resolve) => gitward.once('close', resolve));
  await Promise.all([git.close(), platform.close()]);
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

/** What is pushed. */
function pushes(): [name: string, push: (to: GitRepository) => Promise<unknown>][] {
  const names = (count: number, id: string) =>
    Array.from({ length: count }, (_, at) => ({ name: `s${at}.md`, id }));
  return [
    [
      'one blob of 1 MB at 10,000 paths',
      async (to) => {
        const blob = await writeBlob(to, `---\nid: same\n---\n${'x'.repeat(1_000_000)}`);
        await commitTree(to, await writeTree(to, names(10_000, blob)), 'knowledge/skills');
      },
    ],
    [
      'one blob of 20 kB at 10,000 paths',
      async (to) => {
        const blob = await writeBlob(to, `---\nid: same\n---\n${'x'.repeat(20_000)}`);
        await commitTree(to, await writeTree(to, names(10_000, blob)), 'knowledge/skills');
      },
    ],
    [
      'a tree of 10^8 files',
      async (to) =>
        commitTree(to, await treeBomb(to, { levels: 8, width: 10 }), 'knowledge/skills'),
    ],
    ['1,100 files of 1 MiB', (to) => largeFiles(to, 1_100)],
    ['200 files of 1 MiB', (to) => largeFiles(to, 200)],
    [
      '20,000 paths that cannot be entries',
      async (to) => {
        const blob = await writeBlob(to, 'x');
        const bad = Array.from({ length: 20_000 }, (_, at) => ({
          name: `${'x'.repeat(1_100)}${at}.md`,
          id: blob,
        }));
        await commitTree(to, await writeTree(to, bad), 'knowledge/skills');
      },
    ],
  ];
}

async function largeFiles(to: GitRepository, count: number): Promise<void> {
  const files = [];
  for (let at = 0; at < count; at += 1) {
    const text = `---\nid: large-${at}\n---\n`;
    const id = await writeBlob(to, text + `${at} `.repeat(1024 ** 2).slice(text.length, 1024 ** 2));
    files.push({ name: `large-${at}.md`, id });
  }
  await commitTree(to, await writeTree(to, files), 'knowledge/skills');
}

/** Pushes, and measures what the healthy ones wait until the space has read the push, or says why it does not. */
async function report(
  name: string,
  to: GitRepository,
  push: () => Promise<unknown>,
): Promise<void> {
  peaks = new Map();
  const waits = { save: [] as number[], mirror: [] as number[] };
  const ended = new AbortController();
  const work = [
    measure(ended.signal, waits.save, saveAndWait),
    measure(ended.signal, waits.mirror, changeAndWait),
  ];
  await push();
  await call('POST', '/v1/spaces/hostile/actions/refresh').catch(() => undefined);
  const from = performance.now();
  await until(async () => {
    const { outage, syncedCommit } = await space('hostile');
    return outage !== null || syncedCommit === (await to.tip());
  });
  const took = performance.now() - from;
  await sleep(5_000);
  ended.abort();
  await Promise.all(work);
  const { state, outage, problems } = await space('hostile');
  const size = JSON.stringify(await call('GET', '/v1/spaces')).length;
  console.log(`\n${name}`);
  const why = outage === null ? '' : ` (${outage.reason.code})`;
  console.log(`  the space: ${state}${why} after ${(took / 1_000).toFixed(1)} s`);
  if (outage !== null) console.log(`  ${outage.reason.message}`);
  if (problems.count > 0)
    console.log(`  ${problems.count} problems; list of spaces: ${size} bytes`);
  console.log(`  longest wait of a save elsewhere: ${longest(waits.save)}`);
  console.log(`  longest wait of a mirror's change: ${longest(waits.mirror)}`);
  for (const [of, bytes] of peaks) console.log(`  ${of}: at most ${megabytes(bytes)} MB`);
}

async function measure(
  signal: AbortSignal,
  waits: number[],
  once: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const from = performance.now();
    await once();
    waits.push(performance.now() - from);
    await sleep(500);
  }
}

async function saveAndWait(): Promise<void> {
  const path = '/v1/spaces/healthy/entries/a';
  const { blob } = await call<{ blob: string }>('GET', path);
  const title = randomBytes(4).toString('hex');
  await call('PUT', `${path}?wait=commit`, { base: blob, fields: { title } });
}

/** Changes a configuration, and posts the event as the platform's sender does. */
async function changeAndWait(): Promise<void> {
  const before = await tipOf('mirror');
  await call('POST', '/v1/events', [
    platform.change({ componentId: 'keboola.ex-db-mysql', configId: '7' }),
  ]);
  await until(async () => (await tipOf('mirror')) !== before);
}

async function tipOf(name: string): Promise<string | null> {
  return repositories.get(name)?.tip() ?? null;
}

function longest(waits: readonly number[]): string {
  return `${(Math.max(...waits) / 1_000).toFixed(1)} s (of ${waits.length})`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

/** Gitward with its embedded servers and short windows, so that what is measured is what others wait for. */
function start(): ChildProcess {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'start'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GITWARD_DATA_DIR: join(place, 'data'),
      GITWARD_PORT: new URL(api).port,
      GITWARD_ALLOW_PRIVATE_NETWORK: 'true',
      GITWARD_LOG_LEVEL: 'error',
      GITWARD_WINDOW: '1s',
      GITWARD_SAVE_WINDOW: '300ms',
      GITWARD_POLL_INTERVAL: '5s',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** Notes the resident memory of Gitward's processes, and of git's. */
async function lookAtMemory(): Promise<void> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [args, status] = await Promise.all(
      ['cmdline', 'status'].map((file) =>
        readFile(`/proc/${name}/${file}`, 'utf8').catch(() => ''),
      ),
    );
    const rss = Number(/^VmRSS:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0) * 1024;
    const words = (args ?? '').split('\0');
    // Only ours: the folder of the data is in the environment, and in the paths of git.
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(place)) continue;
    const at = words.findIndex((word) => word.endsWith('dist/cli/main.js'));
    const of =
      at >= 0 ? `gitward ${words[at + 1] ?? ''}` : /\bgit$/.test(words[0] ?? '') ? 'git' : null;
    if (of !== null && rss > (peaks.get(of) ?? 0)) peaks.set(of, rss);
  }
}

async function addMirror(): Promise<void> {
  repositories.set('mirror', await git.createRepository('mirror'));
  const { url, token: secret, projectId } = platform;
  await call('POST', '/v1/projects', {
    id: projectId,
    name: 'Shop',
    source: { kind: 'keboola', url, token: secret },
  });
  const repository = {
    url: git.url('mirror'),
    branch: 'main',
    credentialId: await credential('mirror'),
  };
  await call('PUT', `/v1/projects/${projectId}/mirrors/default`, { repository });
  await until(async () => (await tipOf('mirror')) !== null);
}

async function addSpace(id: string, files: Record<string, string>): Promise<GitRepository> {
  const repository = await git.createRepository(id);
  repositories.set(id, repository);
  await repository.commit({ files, message: 'Begin' });
  const body = { url: git.url(id), branch: 'main', credentialId: await credential(id) };
  await call('POST', '/v1/spaces', { id, name: id, repository: body });
  await until(async () => (await space(id)).state === 'synced');
  return repository;
}

async function credential(name: string): Promise<string> {
  const { username, password } = git.credential ?? { username: '', password: '' };
  const body = { name, username, token: password, origin: new URL(git.url(name)).origin };
  return (await call<{ id: string }>('POST', '/v1/credentials', body)).id;
}

interface Space {
  state: string;
  syncedCommit: string | null;
  outage: { reason: { code: string; message: string } } | null;
  problems: { count: number };
}

function space(id: string): Promise<Space> {
  return call('GET', `/v1/spaces/${id}`);
}

async function call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(api + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Waits for at most five minutes. */
async function until(wanted: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!(await wanted().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('What was waited for did not happen.');
    await sleep(50);
  }
}
