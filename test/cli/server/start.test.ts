import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../../embedded/free-port.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { temporalServer } from '../../../embedded/temporal-programs.ts';
import { programPath } from '../../support/temporal.ts';

let dataDir: string;
let port: number;
const runs: Run[] = [];

/** A `gitward` process. */
interface Run {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

beforeAll(async () => {
  // Before the clock of a test runs.
  await promisify(execFile)('npm', ['run', 'build', '--silent']);
  await programPath(temporalServer);
}, 240_000);
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'gitward-start-')), 'data');
  port = await freePort('127.0.0.1', 0);
});
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  await Promise.all(['postgres', 'temporal'].map((name) => killServer(name)));
  await rm(join(dataDir, '..'), { recursive: true, force: true });
});

function gitward(command: string, env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [resolve('dist/cli/main.js'), command], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GITWARD_DATA_DIR: dataDir,
      GITWARD_PORT: String(port),
      GITWARD_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('close', (code, signal) => done(code ?? signal)),
  );
  const run = { child, output: () => text, ended };
  runs.push(run);
  return run;
}

/** Starts everything and waits until it says that it runs. */
async function startUp(): Promise<Run> {
  const run = gitward('start');
  const up = (async () => {
    while (!run.output().includes('is running')) await sleep(50);
  })();
  await Promise.race([up, run.ended]);
  expect(run.output()).toContain('is running');
  return run;
}

async function pidOf(server: string): Promise<number> {
  return (JSON.parse(await readFile(join(dataDir, `${server}.pid`), 'utf8')) as { pid: number })
    .pid;
}

async function killServer(server: string): Promise<void> {
  const pid = await pidOf(server).catch(() => null);
  if (pid !== null && (await processIdentity(pid)) !== null) process.kill(pid, 'SIGKILL');
}

async function isReady(): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
}

test('start brings everything up, says where it is, and stops it in order', async () => {
  const run = await startUp();
  expect(run.output()).toContain(`API          http://127.0.0.1:${port}\n`);
  expect(await isReady()).toBe(true);
  const tokenFile = join(dataDir, 'admin-token');
  expect(run.output()).toContain(tokenFile);
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/projects`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  for (const secret of ['admin-token', 'master-key', 'postgres-password'])
    expect((await stat(join(dataDir, secret))).mode & 0o777).toBe(0o600);

  const servers = [await pidOf('postgres'), await pidOf('temporal')];
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(run.output()).toMatch(/Stopped\.\n$/);
  for (const pid of servers) expect(await processIdentity(pid)).toBeNull();
}, 120_000);

test('a second instance on the same data is told who has it', async () => {
  const first = await startUp();
  const second = gitward('start', { GITWARD_PORT: String(await freePort('127.0.0.1', 0)) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(
    `runs already on ${dataDir} (process ${String(first.child.pid)})`,
  );
  expect(await isReady()).toBe(true);
}, 120_000);

test('a taken port is told before anything is made', async () => {
  const taken = createServer().listen(port, '127.0.0.1');
  try {
    const run = gitward('start');
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} of 127.0.0.1 is taken`);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  } finally {
    taken.close();
  }
});

test('killed, with one of its servers or without, it starts again on the same data', async () => {
  const token = async () => readFile(join(dataDir, 'admin-token'), 'utf8');
  let run = await startUp();
  const first = await token();
  for (const alsoKilled of [null, 'postgres', 'temporal']) {
    const leftovers = [await pidOf('postgres'), await pidOf('temporal')];
    run.child.kill('SIGKILL');
    await run.ended;
    if (alsoKilled !== null) await killServer(alsoKilled);
    run = await startUp();
    // What it finds of the killed one's work it takes up at once: an answer may take its time.
    await vi.waitFor(async () => expect(await isReady()).toBe(true), { timeout: 15_000 });
    for (const pid of leftovers) expect(await processIdentity(pid)).toBeNull();
  }
  expect(await token()).toBe(first);
}, 240_000);

test.each(['postgres', 'temporal'])(
  'when %s is killed the rest stops, and says why',
  async (server) => {
    const run = await startUp();
    const other = await pidOf(server === 'postgres' ? 'temporal' : 'postgres');
    await killServer(server);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/(PostgreSQL|Temporal) ended unexpectedly \(signal SIGKILL\)\./);
    expect(await processIdentity(other)).toBeNull();
  },
  120_000,
);

test.each(['api', 'worker', 'migrate'])(
  '%s alone says which settings are missing',
  async (command) => {
    const run = gitward(command);
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain('Set DATABASE_URL');
    expect(run.output()).toContain('TEMPORAL_ADDRESS');
  },
);

test('settings that cannot be used end with 2, and so does an unknown command', async () => {
  const settings = gitward('start', { GITWARD_WINDOW: 'soon' });
  expect(await settings.ended).toBe(2);
  expect(settings.output()).toContain('GITWARD_WINDOW is "soon"');
  expect(await gitward('nothing').ended).toBe(2);
});
