import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../../../embedded/free-port.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { TestInstallation } from './installation.ts';
import { survivorsOf } from './process-tree.ts';

/** Shared by the tests; each takes it as it is, running or not. */
let installation: TestInstallation;

beforeAll(async () => {
  installation = await TestInstallation.make();
});
afterAll(() => installation.remove(), 120_000);

test('a second instance on the same data is told which process is using it', async () => {
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

test('a worker that is killed is started again, and everything else goes on', async () => {
  const run = await installation.running();
  const others = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
  const worker = await installation.pidOf('worker');
  process.kill(worker, 'SIGKILL');
  await vi.waitFor(async () => expect(await installation.isWorkerUp()).toBe(false));
  expect((await fetch(`http://127.0.0.1:${installation.port}/healthz`)).ok).toBe(true);
  await vi.waitFor(async () => expect(await installation.isReady()).toBe(true), {
    timeout: 30_000,
  });
  expect(await installation.pidOf('worker')).not.toBe(worker);
  for (const pid of others) expect(await processIdentity(pid)).not.toBeNull();
  const lines = run.output().split('\n');
  expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([
    expect.stringMatching(
      /"name":"main","msg":"The worker ended \(signal SIGKILL, \d+ MiB\)\. It is started again in 1 second\."/,
    ),
  ]);
}, 120_000);

test('start brings everything up, prints the addresses, and stops it in order', async () => {
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
  const signIn = installation.gitward('sign-in', {
    GITWARD_URL: `http://127.0.0.1:${port}`,
  });
  expect(await signIn.ended).toBe(0);
  const links = [/Sign in +(\S+)/.exec(run.output())?.[1], signIn.output().trim()];
  for (const link of links) {
    const [page, code] = String(link).split('#code=');
    expect(page).toBe(`http://127.0.0.1:${port}/sign-in`);
    const use = () =>
      fetch(`http://127.0.0.1:${port}/v1/session`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ code }),
      });
    const signedIn = await use();
    expect(signedIn.status).toBe(201);
    const [cookie = ''] = signedIn.headers.getSetCookie();
    const tokens = await fetch(`http://127.0.0.1:${port}/v1/tokens`, {
      headers: { cookie: cookie.replace(/;.*/, '') },
    });
    expect(tokens.status).toBe(200);
    expect((await use()).status).toBe(401);
  }
  const noProxy = { http_proxy: '', https_proxy: '', HTTP_PROXY: '', HTTPS_PROXY: '' };
  const doctor = installation.gitward('doctor', {
    ...noProxy,
    GITWARD_URL: `http://127.0.0.1:${port}`,
  });
  const code = await doctor.ended;
  expect(doctor.output()).not.toContain('FAILS');
  expect(code).toBe(0);
  expect(doctor.output()).toMatch(
    /ok +database +PostgreSQL \d+\.\d+ answers for the database gitward/,
  );
  expect(doctor.output()).toMatch(/ok +Temporal +Temporal \S+ answers at Gitward's own server/);
  expect(doctor.output()).toMatch(/ok +Temporal +A worker asks it for work/);
  for (const secret of ['admin-token', 'master-key', 'postgres-password'])
    expect((await stat(join(dataDir, secret))).mode & 0o777).toBe(0o600);

  const servers = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
  const worker = await installation.pidOf('worker');
  const tree = await installation.treeOf(run);
  const before = run.output();
  // Ctrl-C is for the main process, which stops the worker when it is its turn.
  process.kill(worker, 'SIGINT');
  await sleep(500);
  expect(await processIdentity(worker)).not.toBeNull();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(run.output().slice(before.length)).not.toContain('The worker ended');
  expect(run.output()).toMatch(/Stopped\.\n$/);
  for (const pid of servers) expect(await processIdentity(pid)).toBeNull();
  expect(await survivorsOf(tree)).toEqual([]);
}, 120_000);

test('a port in use is reported before anything is created', async () => {
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

test('npm start: SIGTERM to npm alone stops everything in order', async () => {
  const npm = await installation.npmStart();
  const tree = await installation.treeOf(npm);
  npm.child.kill('SIGTERM');
  await npm.ended;
  await installation.untilGone(tree);
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await installation.expectStoppedInOrder();
}, 120_000);

test.each(['api', 'worker', 'migrate'])(
  '%s without its settings says which ones are missing',
  async (command) => {
    const run = installation.gitward(command);
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain('Set DATABASE_URL');
    expect(run.output()).toContain('TEMPORAL_ADDRESS');
  },
);

test('invalid settings end with exit code 2, and so does an unknown command', async () => {
  const settings = installation.gitward('start', { GITWARD_WINDOW: 'soon' });
  expect(await settings.ended).toBe(2);
  expect(settings.output()).toContain('GITWARD_WINDOW is "soon"');
  expect(await installation.gitward('nothing').ended).toBe(2);
});
