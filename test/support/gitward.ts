import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ensureAdminToken } from '../../db/access/tokens.ts';
import type { Role } from '../../model/access/roles.ts';
import type { StreamState } from '../../model/streams/state.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';
import type { GitRepository } from './git-repository.ts';
import { makeDatabase, type TestDatabase } from './postgres.ts';
import {
  startStorageApi,
  type StorageApi,
  type StorageApiOptions,
} from '../../examples/storage-api/storage-api.ts';
import { namespaceEnvironment } from './temporal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A mirror's status as the API returns it; only the fields that tests use. */
export interface StatusView {
  state: StreamState;
  pendingChanges: number;
  waitingBatches: number;
  lastCommit: { sha: string; committedAt: string } | null;
  outage: { since: string; attempts: number; reason: { code: string; message: string } } | null;
  progress: { step: string; done: number | null; total: number | null; since: string } | null;
  replacedSecrets: { count: number };
}

/** An entry as the API returns it; only the fields that tests use. */
export interface EntryStatus {
  blob: string;
  text: string;
  fields: Record<string, unknown>;
  syncStatus: string;
  gitCommitSha: string | null;
}

function isEntry(value: unknown): value is EntryStatus {
  return typeof value === 'object' && value !== null && 'syncStatus' in value;
}

/**
 * All of Gitward as an operator runs it (`gitward api` and `gitward worker`, each as a process of the run's build),
 * with real servers: PostgreSQL, Temporal, Git over HTTP, and a stand-in for the platform.
 */
export class TestGitward {
  readonly database: TestDatabase;
  readonly temporal: TestWorkflowEnvironment;
  readonly git: GitServer;
  readonly platform: StorageApi;
  readonly repository: GitRepository;
  readonly environment: Record<string, string>;
  readonly #directory: string;
  readonly #processes = new Map<string, ChildProcess>();
  readonly #output: string[] = [];
  #apiUrl = '';

  private constructor(parts: {
    database: TestDatabase;
    temporal: TestWorkflowEnvironment;
    git: GitServer;
    platform: StorageApi;
    repository: GitRepository;
    directory: string;
    timings: Record<string, string>;
  }) {
    this.database = parts.database;
    this.temporal = parts.temporal;
    this.git = parts.git;
    this.platform = parts.platform;
    this.repository = parts.repository;
    this.#directory = parts.directory;
    this.environment = {
      PATH: process.env.PATH ?? '',
      HOME: parts.directory,
      DATABASE_URL: parts.database.url,
      TEMPORAL_ADDRESS: parts.temporal.address,
      TEMPORAL_NAMESPACE: parts.temporal.namespace ?? 'default',
      GITWARD_MASTER_KEY: randomBytes(32).toString('base64'),
      GITWARD_DATA_DIR: join(parts.directory, 'data'),
      GITWARD_PORT: '0',
      GITWARD_ALLOW_PRIVATE_NETWORK: 'true',
      GITWARD_CATCH_UP_INTERVAL: '1h',
      // Many workers run at once.
      GITWARD_WORKER_METRICS_PORT: '0',
      ...parts.timings,
    };
  }

  /** Starts everything, with short intervals unless `settings` has others, and adds the platform's project. */
  static async start(
    settings: Record<string, string> = {},
    platformOptions: StorageApiOptions = {},
  ): Promise<TestGitward> {
    const [database, temporal, git, platform, directory] = await Promise.all([
      makeDatabase(),
      namespaceEnvironment(),
      GitServer.start(),
      startStorageApi(platformOptions),
      mkdtemp(join(tmpdir(), 'gitward-e2e-')),
    ]);
    const timings = {
      GITWARD_WINDOW: '1s',
      GITWARD_RETRY_INTERVAL: '1s',
      GITWARD_ESCALATE_AFTER: '3h',
      GITWARD_SAVE_WINDOW: '300ms',
      GITWARD_POLL_INTERVAL: '1s',
      ...settings,
    };
    const repository = await git.createRepository('mirror');
    const gitward = new TestGitward({
      database,
      temporal,
      git,
      platform,
      repository,
      directory,
      timings,
    });
    await ensureAdminToken(database.db, adminToken);
    await Promise.all([gitward.startApi(), gitward.startWorker()]);
    const { url, token } = platform;
    await gitward.call('POST', '/v1/projects', {
      id: platform.projectId,
      name: 'Shop',
      source: { kind: 'keboola', url, token },
    });
    return gitward;
  }

  /** Starts the API; again on the same port, at which a browser may have a page open. */
  async startApi(): Promise<void> {
    this.#apiUrl = await this.#startPart('api', /https?:\/\/[\d.]+:\d+/);
    this.environment.GITWARD_PORT = new URL(this.#apiUrl).port;
  }

  /** Where the API and the console are. */
  get url(): string {
    return this.#apiUrl;
  }

  /** The folder in which the API and the worker keep their files. */
  get dataDirectory(): string {
    return this.environment.GITWARD_DATA_DIR ?? '';
  }

  async startWorker(): Promise<void> {
    await this.#startPart('worker', /The worker is up/);
  }

  /** Kills without warning, as the kernel does when memory runs out. */
  async kill(part: 'api' | 'worker'): Promise<void> {
    const child = this.#processes.get(part);
    this.#processes.delete(part);
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /**
   * Kills the worker at the next push, before Git gets it or after it was applied; resolves when the worker is dead.
   */
  killWorkerAt(moment: 'beforePush' | 'afterPush'): Promise<void> {
    return new Promise((resolve, reject) => {
      this.git[moment] = async () => {
        this.git[moment] = null;
        await this.kill('worker').then(resolve, reject);
      };
    });
  }

  /** What the parts have logged. */
  get output(): string {
    return this.#output.join('');
  }

  /** Calls the API, by default as its admin; throws if the answer is not 2xx. */
  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    token = adminToken,
  ): Promise<T> {
    const response = await fetch(this.#apiUrl + path, {
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

  /** Runs a `gitward` command against the API, as its admin. */
  async command(...args: string[]): Promise<{ code: number; out: string }> {
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args], {
      cwd: root,
      env: { ...this.environment, GITWARD_URL: this.#apiUrl, GITWARD_TOKEN: adminToken },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, out };
  }

  /** A new token with this role, for all projects and spaces unless `grants` say otherwise. */
  async token(role: Role, grants: Record<string, unknown> = {}): Promise<string> {
    const body = { name: `a ${role}`, role, projects: null, spaces: null, ...grants };
    return (await this.call<{ token: string }>('POST', '/v1/tokens', body)).token;
  }

  /** A link that signs in as the holder of a token, by default the admin's; it works once. */
  async signInLink(token = adminToken): Promise<string> {
    return (await this.call<{ url: string }>('POST', '/v1/sign-in-links', {}, token)).url;
  }

  get mirrorPath(): string {
    return `/v1/projects/${this.platform.projectId}/mirrors/1000`;
  }

  /** Stores the Git server's token and enables the default branch's mirror. */
  async enableMirror(policy: Record<string, unknown> = {}): Promise<void> {
    const credentialId = await this.#storeCredential('git server');
    await this.call('PUT', `/v1/projects/${this.platform.projectId}/mirrors/default`, {
      repository: { url: this.git.url('mirror'), branch: 'main', credentialId },
      ...policy,
    });
  }

  /** Creates a knowledge space with a repository of its own (path → text); `settings` as in the API. */
  async createSpace(
    id: string,
    files: Record<string, string>,
    settings: Record<string, unknown> = {},
  ): Promise<GitRepository> {
    const repository = await this.git.createRepository(id);
    await repository.commit({ files, message: 'Begin' });
    const credentialId = await this.#storeCredential(id);
    await this.call('POST', '/v1/spaces', {
      id,
      name: id,
      repository: { url: this.git.url(id), branch: 'main', credentialId },
      ...settings,
    });
    return repository;
  }

  /** Posts without a token, as a Git host does. */
  async post(path: string, body: string, headers: Record<string, string>): Promise<number> {
    const response = await fetch(this.#apiUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Waits for a state of an entry. */
  async untilEntry(
    spaceId: string,
    entryId: string,
    wanted: (entry: EntryStatus) => boolean,
    patience = 30_000,
  ): Promise<EntryStatus> {
    const path = `/v1/spaces/${spaceId}/entries/${entryId}`;
    const deadline = Date.now() + patience;
    for (;;) {
      // The entry does not exist before it was read from Git.
      const entry = await this.call<EntryStatus>('GET', path).catch((error: unknown) => error);
      if (isEntry(entry) && wanted(entry)) return entry;
      if (Date.now() > deadline) {
        const last = isEntry(entry) ? JSON.stringify(entry) : String(entry);
        throw new Error(`Not so after ${patience} ms: ${last}\n${this.warnings()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Stores the Git server's token under this name; returns the credential's id. */
  async #storeCredential(name: string): Promise<string> {
    const { username, password } = this.git.credential ?? { username: '', password: '' };
    const body = { name, username, origin: this.git.url('any'), token: password };
    return (await this.call<{ id: string }>('POST', '/v1/credentials', body)).id;
  }

  status(): Promise<StatusView> {
    return this.call('GET', this.mirrorPath);
  }

  /** Sends events; returns what was accepted and rejected. */
  send(
    events: readonly object[],
  ): Promise<{ accepted: number; duplicates: number; rejected: unknown[] }> {
    return this.call('POST', '/v1/events', events);
  }

  /** Waits for a status of the mirror. */
  async until(
    wanted: StreamState | ((status: StatusView) => boolean),
    patience = 30_000,
  ): Promise<StatusView> {
    const is = typeof wanted === 'string' ? ({ state }: StatusView) => state === wanted : wanted;
    const deadline = Date.now() + patience;
    for (;;) {
      const status = await this.status();
      if (is(status)) return status;
      if (Date.now() > deadline) {
        throw new Error(
          `Not so after ${patience} ms: ${JSON.stringify(status)}\n${this.warnings()}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The last lines that the parts logged above the level `info`. */
  warnings(): string {
    return this.output
      .split('\n')
      .filter((line) => !line.includes('"level":"info"'))
      .slice(-20)
      .join('\n');
  }

  async stop(): Promise<void> {
    const children = [...this.#processes.values()].filter(({ exitCode }) => exitCode === null);
    await Promise.all(
      children.map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
    await this.platform.close();
    await this.git.close();
    await this.temporal.teardown();
    await this.database.drop();
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Starts `gitward <part>` and waits for a line; returns the matching text. */
  async #startPart(part: 'api' | 'worker', ready: RegExp): Promise<string> {
    const child = spawn(process.execPath, ['dist/cli/main.js', part], {
      cwd: root,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#processes.set(part, child);
    return new Promise((resolve, reject) => {
      let seen = '';
      const look = (chunk: Buffer) => {
        const text = chunk.toString();
        this.#output.push(text);
        seen += text;
        const match = ready.exec(seen);
        if (match !== null) resolve(match[0]);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('exit', (code) =>
        reject(new Error(`gitward ${part} ended with ${String(code)}:\n${seen}`)),
      );
    });
  }
}

const adminToken = `gw_${randomBytes(32).toString('base64url')}`;
