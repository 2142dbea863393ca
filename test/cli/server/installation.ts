import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { freePort } from '../../../embedded/free-port.ts';
import { guardName } from '../../../embedded/guard.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { processesNaming, processTree, survivorsOf, type SeenProcess } from './process-tree.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * How long a process may take to end, on a loaded machine, after it was stopped or lost its parent.
 */
const patience = { timeout: 45_000, interval: 200 };

const proxyNames = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];

/** What `gitward start` runs next to itself. */
const guardedProcesses = ['postgres', 'temporal', 'worker'];

/** A `gitward` process. */
export interface Run {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code, or with the signal that killed it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** A data directory and a port, and the processes that ran on them. */
export class TestInstallation {
  readonly dataDir: string;
  /**
   * The port of the last start's API. Each start gets a new one, since other programs may take a port that was
   * released.
   */
  port = 0;
  readonly #runs: Run[] = [];
  #current: Run | null = null;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async make(): Promise<TestInstallation> {
    const parent = await mkdtemp(join(tmpdir(), 'gitward-start-'));
    return new TestInstallation(join(parent, 'data'));
  }

  /** Runs `gitward <command>`. */
  gitward(command: string, env: Record<string, string> = {}): Run {
    return this.#spawn(process.execPath, ['dist/cli/main.js', command], env);
  }

  /** The current run, or else `gitward start` with these settings, once it says that it is running. */
  async running(env: Record<string, string> = {}): Promise<Run> {
    if (this.#current !== null && isAlive(this.#current)) return this.#current;
    this.port = await freePort('127.0.0.1', 0);
    this.#current = this.gitward('start', env);
    await untilRunning(this.#current);
    return this.#current;
  }

  /** `npm start` with these settings, once it says that it is running. */
  async npmStart(env: Record<string, string> = {}): Promise<Run> {
    this.port = await freePort('127.0.0.1', 0);
    const npm = this.#spawn('npm', ['start'], env);
    await untilRunning(npm);
    return npm;
  }

  async isReady(): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok;
  }

  /** What `/readyz` says of the worker. */
  async isWorkerUp(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`);
    return ((await answer.json()) as { worker: boolean }).worker;
  }

  /** The process of a server or of the worker. */
  async pidOf(server: string): Promise<number> {
    return (await this.#recorded(`${server}.pid`)).pid;
  }

  async killServer(server: string): Promise<void> {
    await this.#kill(`${server}.pid`);
  }

  /** All processes of a run: itself, the worker, both servers with their processes, and the guards of these three. */
  async treeOf({ child }: Run): Promise<SeenProcess[]> {
    const tree = await processTree(child.pid!);
    const guarded = await Promise.all(guardedProcesses.map((name) => this.pidOf(name)));
    expect(tree.map(({ pid }) => pid)).toEqual(expect.arrayContaining(guarded));
    expect(tree.filter(({ args }) => args.includes(guardName))).toHaveLength(guarded.length);
    return tree;
  }

  /** Waits until these processes have ended, and checks that no others were started in the meantime. */
  async untilGone(tree: readonly SeenProcess[]): Promise<void> {
    await vi.waitFor(async () => expect(await survivorsOf(tree)).toEqual([]), patience);
    expect(await processesNaming(this.dataDir)).toEqual([]);
  }

  /** Checks that PostgreSQL was shut down properly, which its log says unless it was killed. */
  async expectStoppedInOrder(): Promise<void> {
    const log = await readFile(join(this.dataDir, 'postgres.log'), 'utf8');
    expect(log.trimEnd()).toMatch(/database system is shut down$/);
  }

  /** Ends all processes and removes the directory. */
  async remove(): Promise<void> {
    for (const { child, ended } of this.#runs) {
      child.kill('SIGTERM');
      await ended;
    }
    // A failed test may leave processes that are not children of these runs.
    for (const file of ['gitward.lock', ...guardedProcesses.map((name) => `${name}.pid`)])
      await this.#kill(file);
    await rm(join(this.dataDir, '..'), { recursive: true, force: true });
  }

  /** The process recorded in a file of the data directory. */
  async #recorded(file: string): Promise<{ pid: number; identity: string | null }> {
    const text = await readFile(join(this.dataDir, file), 'utf8');
    return JSON.parse(text) as { pid: number; identity: string | null };
  }

  async #kill(file: string): Promise<void> {
    const recorded = await this.#recorded(file).catch(() => null);
    if (recorded === null) return;
    const { pid, identity } = recorded;
    if (identity !== null && (await processIdentity(pid)) === identity)
      process.kill(pid, 'SIGKILL');
  }

  #spawn(command: string, args: string[], env: Record<string, string>): Run {
    const child = spawn(command, args, {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        GITWARD_DATA_DIR: this.dataDir,
        GITWARD_PORT: String(this.port),
        GITWARD_LOG_LEVEL: 'error',
        // As in a company's network, where no proxy leads back to this machine.
        ...Object.fromEntries(proxyNames.map((name) => [name, 'http://127.0.0.1:9'])),
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
    const started = { child, output: () => text, ended };
    this.#runs.push(started);
    return started;
  }
}

function isAlive({ child }: Run): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function untilRunning(started: Run): Promise<void> {
  const up = (async () => {
    while (!started.output().includes('is running')) await sleep(50);
  })();
  await Promise.race([up, started.ended]);
  expect(started.output()).toContain('is running');
}
