import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { ensureAdminToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import { freePort } from '../../embedded/free-port.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { GitRepository } from '../support/git-repository.ts';
import type { GitServerCalls } from './processes/git-server-process.ts';
import { Servers } from './processes/servers.ts';
import { SmallDisk } from './processes/small-disk.ts';
import type { SourceCalls } from './processes/source-process.ts';
import { StandIn } from './processes/stand-in.ts';
import { startPart } from './processes/start-part.ts';
import { TcpProxy } from './processes/tcp-proxy.ts';
import { Victim } from './processes/victim.ts';
import { edges, type Edge, type ProcessName } from './plan/actions.ts';

/** How to start a world. */
export interface WorldOptions {
  /** The folder of the build that is run, below the project's root. */
  dist: string;
  /** More settings of the API and the worker. */
  settings?: Record<string, string>;
}

const credential = { username: 'gitward', password: 'chaos-token-5b1f' };

/**
 * Everything that Gitward needs, and Gitward, as processes of their own, with a proxy on each way between them. The servers
 * have their own data, so that they can be killed.
 */
export class World {
  readonly directory: string;
  readonly disk: SmallDisk;
  readonly adminToken = `gw_${randomBytes(32).toString('base64url')}`;
  readonly credential = credential;
  readonly victims: Record<ProcessName, Victim>;
  /** Set by {@link World.start}. */
  readonly proxies = {} as Record<Edge, TcpProxy>;
  readonly #ports = { api: 0, git: 0, source: 0 };
  readonly #servers: Servers;
  readonly #git: StandIn<GitServerCalls>;
  readonly #source: StandIn<SourceCalls>;
  readonly #masterKey = randomBytes(32).toString('base64');
  readonly #settings: Record<string, string>;
  #dist: string;
  /** Runs when a push waits at the Git server; then it goes on. */
  onHeldPush: (() => Promise<void>) | null = null;

  private constructor(directory: string, { dist, settings = {} }: WorldOptions) {
    this.directory = directory;
    this.#dist = dist;
    this.#servers = new Servers(directory);
    this.#settings = settings;
    this.disk = new SmallDisk(join(directory, 'worker-data'), 64);
    const log = (name: string) => join(directory, 'logs', `${name}.log`);
    const { username, password } = credential;
    this.#git = new StandIn(
      'git-server-process.ts',
      () => [join(directory, 'repositories'), this.#ports.git, username, password],
      log('git'),
    );
    this.#source = new StandIn(
      'source-process.ts',
      () => [join(directory, 'source.json'), this.#ports.source],
      log('source'),
    );
    this.victims = {
      database: new Victim('database', () => this.#servers.startDatabase()),
      temporal: new Victim('temporal', () => this.#servers.startTemporal()),
      git: new Victim('git', () => this.#git.start((message) => this.#hearGit(message))),
      source: new Victim('source', () => this.#source.start()),
      api: new Victim('api', () => this.#startPart('api')),
      worker: new Victim('worker', () => this.#startPart('worker')),
    };
  }

  static async start(options: WorldOptions): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), `gitward-chaos-${process.pid}-`));
    // If this is root, PostgreSQL runs as another user, who has to get to its files.
    await chmod(directory, 0o711);
    const world = new World(directory, options);
    try {
      await world.#begin();
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  async #begin(): Promise<void> {
    const folders = ['repositories', 'logs', 'api-data', 'api-tmp', 'worker-data', 'worker-tmp'];
    for (const folder of folders) await mkdir(join(this.directory, folder));
    await this.disk.mount();
    for (const edge of edges)
      this.proxies[edge] = await TcpProxy.listen(edge, () => this.#targetOf(edge));
    const { victims } = this;
    for (const name of ['api', 'git', 'source'] as const)
      this.#ports[name] = await freePort('127.0.0.1', 0);
    await Promise.all([
      victims.database.heal(),
      victims.temporal.heal(),
      victims.git.heal(),
      victims.source.heal(),
    ]);
    await ensureAdminToken(this.db, this.adminToken);
    await ensureSearchAttributes(this.client);
    await Promise.all([victims.api.heal(), victims.worker.heal()]);
  }

  /** Goes on with the API and the worker of another build. */
  async run(dist: string): Promise<void> {
    const parts = [this.victims.api, this.victims.worker];
    await Promise.all(parts.map((part) => part.stop()));
    this.#dist = dist;
    await Promise.all(parts.map((part) => part.heal()));
  }

  /** The database, reached without a proxy. After the server was killed, the pool connects again. */
  get db(): Db {
    return this.#servers.db;
  }

  /** Temporal, reached without a proxy, wherever it is after its last start. */
  get client(): Client {
    return this.#servers.client;
  }

  /** Where the API is. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.#ports.api}`;
  }

  /** Where Gitward reaches a repository. */
  repositoryUrl(name: string): string {
    return `http://127.0.0.1:${this.proxies.git.port}/${name}.git`;
  }

  /** A repository, as the Git server's own machine sees it. */
  repository(name: string): GitRepository {
    return new GitRepository(join(this.directory, 'repositories', `${name}.git`));
  }

  async createRepository(name: string): Promise<GitRepository> {
    return GitRepository.create(this.repository(name).directory);
  }

  /** Where Gitward reaches the source. */
  get sourceUrl(): string {
    return `http://127.0.0.1:${this.proxies.source.port}`;
  }

  /** Tells the Git server something; rejects if it does not run. */
  tellGit<N extends keyof GitServerCalls>(
    name: N,
    argument: Parameters<GitServerCalls[N]>[0],
  ): Promise<Awaited<ReturnType<GitServerCalls[N]>>> {
    return this.#git.tell(name, argument);
  }

  /** Has the source change something; rejects if it does not run, or ends meanwhile. */
  tellSource<N extends keyof SourceCalls>(
    name: N,
    argument: Parameters<SourceCalls[N]>[0],
  ): Promise<Awaited<ReturnType<SourceCalls[N]>>> {
    return this.#source.tell(name, argument);
  }

  /** Stops everything; `keep` leaves the data and the logs of the processes. */
  async stop({ keep = false } = {}): Promise<void> {
    const { api, worker, git, source, temporal, database } = this.victims;
    await Promise.all([api.stop(), worker.stop()]);
    await this.#servers.disconnect();
    await Promise.all([git, source, temporal, database].map((victim) => victim.stop()));
    for (const proxy of Object.values(this.proxies)) await proxy.close();
    await this.disk.unmount();
    if (keep) return;
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  #targetOf(edge: Edge) {
    switch (edge) {
      case 'api-database':
      case 'worker-database':
        return this.#servers.databaseSocket;
      case 'api-temporal':
      case 'worker-temporal':
        return this.#servers.temporalPort;
      case 'git':
        return { port: this.#ports.git };
      case 'source':
        return { port: this.#ports.source };
    }
  }

  /** A push waits until whoever wants something to happen then has done it. */
  #hearGit(message: object): void {
    if (!('held' in message)) return;
    const act = this.onHeldPush ?? (() => Promise.resolve());
    this.onHeldPush = null;
    void act().finally(() => void this.tellGit('goOn', undefined).catch(() => undefined));
  }

  #startPart(part: 'api' | 'worker') {
    return startPart({
      part,
      dist: this.#dist,
      directory: this.directory,
      databaseUrl: this.#servers.databaseUrl(this.proxies[`${part}-database`].port),
      temporalPort: this.proxies[`${part}-temporal`].port,
      masterKey: this.#masterKey,
      port: this.#ports.api,
      settings: this.#settings,
    });
  }
}
