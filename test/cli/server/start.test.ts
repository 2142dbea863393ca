import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../../../embedded/free-port.ts';
import { guardName } from '../../../embedded/guard.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { TestInstallation, type Run } from './installation.ts';
import { processesNaming, processTree, survivorsOf } from './process-tree.ts';

/** Shared: each test takes it as it finds it, running or not. */
let installation: TestInstallation;

beforeAll(async () => {
  installation = await TestInstallation.make();
});
afterAll(() => installation.remove(), 120_000);

/** How long what was stopped, or lost its parent, may take to end on a loaded machine. */
const patience = { timeout: 45_000, interval: 200 };

test('start brings everything up, says where it is, and stops it in order', async () => {
  const run = await installation.running();
  const { dataDir, port } = installation;
  expect(run.output()).toContain(`API          http://127.0.0.1:${port}\n`);
  expect(await installation.isReady()).toBe(true);
  const tokenFile = join(dataDir, 'admin-token');
  expect(run.output()).toContain(tokenFile);
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/projects`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  for (const secret of ['admin-token', 'master-key', 'postgres-password'])
    expect((await stat(join(dataDir, secret))).mode & 0o777).toBe(0o600);

  const servers = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
  const tree = await treeOf(run);
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(run.output()).toMatch(/Stopped\.\n$/);
  for (const pid of servers) expect(await processIdentity(pid)).toBeNull();
  expect(await survivorsOf(tree)).toEqual([]);
}, 120_000);

test('a second instance on the same data is told who has it', async () => {
  const first = await installation.running();
  const second = installation.gitward('start', {
    GITWARD_PORT: String(await freePort('127.0.0.1', 0)),
  });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(
    `is already running on ${installation.dataDir} (process ${String(first.child.pid)})`,
  );
  expect(await installation.isReady()).toBe(true);
}, 120_000);

test('a taken port is told before anything is made', async () => {
  const port = await freePort('127.0.0.1', 0);
  const taken = createServer().listen(port, '127.0.0.1');
  const place = await mkdtemp(join(tmpdir(), 'gitward-start-'));
  const dataDir = join(place, 'data');
  try {
    const run = installation.gitward('start', {
      GITWARD_PORT: String(port),
      GITWARD_DATA_DIR: dataDir,
    });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} of 127.0.0.1 is in use`);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  } finally {
    taken.close();
    await rm(place, { recursive: true });
  }
});

test('killed together with the guards of its servers, with one of these or without, it starts again on the same data', async () => {
  const token = async () => readFile(join(installation.dataDir, 'admin-token'), 'utf8');
  let run = await installation.running();
  const first = await token();
  for (const alsoKilled of [null, 'postgres', 'temporal']) {
    const leftovers = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
    const guards = (await treeOf(run)).filter(({ args }) => args.includes(guardName));
    for (const { pid } of guards) process.kill(pid, 'SIGKILL');
    run.child.kill('SIGKILL');
    await run.ended;
    if (alsoKilled !== null) await installation.killServer(alsoKilled);
    run = await installation.running();
    // What it finds of the killed one's work it takes up at once: an answer may take its time.
    await vi.waitFor(async () => expect(await installation.isReady()).toBe(true), {
      timeout: 15_000,
    });
    for (const pid of leftovers) expect(await processIdentity(pid)).toBeNull();
  }
  expect(await token()).toBe(first);
}, 240_000);

test.each(['postgres', 'temporal'])(
  'when %s is killed the rest stops, and says why',
  async (server) => {
    const run = await installation.running();
    const other = await installation.pidOf(server === 'postgres' ? 'temporal' : 'postgres');
    await installation.killServer(server);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/(PostgreSQL|Temporal) ended unexpectedly \(signal SIGKILL\)\./);
    expect(await processIdentity(other)).toBeNull();
  },
  120_000,
);

test('killed, it takes its servers with it', async () => {
  const run = await installation.running();
  const tree = await treeOf(run);
  run.child.kill('SIGKILL');
  await run.ended;
  await untilGone(tree);
  await expectStoppedInOrder();
}, 120_000);

test('npm start: SIGTERM to npm alone stops everything in order', async () => {
  const npm = await installation.npmStart();
  const tree = await treeOf(npm);
  npm.child.kill('SIGTERM');
  await npm.ended;
  await untilGone(tree);
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await expectStoppedInOrder();
}, 120_000);

test('npm start: everything stops in order when npm was killed', async () => {
  const npm = await installation.npmStart();
  const tree = await treeOf(npm);
  npm.child.kill('SIGKILL');
  await untilGone(tree);
  await npm.ended;
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await expectStoppedInOrder();
}, 120_000);

test('npm start: everything ends when Gitward itself was killed', async () => {
  const npm = await installation.npmStart();
  const tree = await treeOf(npm);
  const main = tree.find(({ args }) => args.includes('dist/cli/main.js start'));
  process.kill(main!.pid, 'SIGKILL');
  expect(await npm.ended).not.toBe(0);
  await untilGone(tree);
  await expectStoppedInOrder();
}, 120_000);

test.each(['api', 'worker', 'migrate'])(
  '%s alone says which settings are missing',
  async (command) => {
    const run = installation.gitward(command);
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain('Set DATABASE_URL');
    expect(run.output()).toContain('TEMPORAL_ADDRESS');
  },
);

test('settings that cannot be used end with 2, and so does an unknown command', async () => {
  const settings = installation.gitward('start', { GITWARD_WINDOW: 'soon' });
  expect(await settings.ended).toBe(2);
  expect(settings.output()).toContain('GITWARD_WINDOW is "soon"');
  expect(await installation.gitward('nothing').ended).toBe(2);
});

/** All processes of a running one: itself, both servers and what these run, and their guards. */
async function treeOf({ child }: Run) {
  const tree = await processTree(child.pid!);
  const servers = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
  expect(tree.map(({ pid }) => pid)).toEqual(expect.arrayContaining(servers));
  expect(tree.filter(({ args }) => args.includes(guardName))).toHaveLength(servers.length);
  return tree;
}

async function untilGone(tree: Awaited<ReturnType<typeof processTree>>): Promise<void> {
  await vi.waitFor(async () => expect(await survivorsOf(tree)).toEqual([]), patience);
  // Nor has anybody started another meanwhile.
  expect(await processesNaming(installation.dataDir)).toEqual([]);
}

/** PostgreSQL removes its lock, and says so, where it was not killed. */
async function expectStoppedInOrder(): Promise<void> {
  const log = await readFile(join(installation.dataDir, 'postgres.log'), 'utf8');
  expect(log.trimEnd()).toMatch(/database system is shut down$/);
}
