import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connect, type Db } from '../../../db/connect.ts';
import { migrate } from '../../../db/migrate.ts';
import {
  ensureDatabase,
  startPostgres,
  type EmbeddedPostgres,
} from '../../../embedded/postgres.ts';
import { findTemporalProgram } from '../../../embedded/temporal-program.ts';
import { temporalServer } from '../../../embedded/temporal-programs.ts';
import { startTemporal, type EmbeddedTemporal } from '../../../embedded/temporal-server.ts';
import { searchAttributeTypes } from '../../../temporal/search-attributes.ts';
import type { Target } from './tcp-proxy.ts';
import type { Body } from './victim.ts';

const database = 'gitward';

/** PostgreSQL and Temporal, which may be started again and again on the data that they had. */
export class Servers {
  readonly #directory: string;
  #postgres: EmbeddedPostgres | null = null;
  #temporal: EmbeddedTemporal | null = null;
  #db: Db | null = null;
  #client: Client | null = null;

  /** Their data are below `directory`. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The database, reached without a proxy. After the server was killed, the pool connects again. */
  get db(): Db {
    return started(this.#db);
  }

  /** Temporal, reached without a proxy, wherever it is after its last start. */
  get client(): Client {
    return started(this.#client);
  }

  /** Where PostgreSQL listens. */
  get databaseSocket(): Target {
    const { host } = new URL(started(this.#postgres).url(database));
    return { path: join(decodeURIComponent(host), '.s.PGSQL.5432') };
  }

  /** Where Temporal listens. */
  get temporalPort(): Target {
    return { port: Number(this.#temporal?.address.split(':')[1] ?? 1) };
  }

  /** The database's address behind a proxy on this port. */
  databaseUrl(port: number): string {
    const { username, password } = new URL(started(this.#postgres).url(database));
    return `postgresql://${username}:${password}@127.0.0.1:${port}/${database}`;
  }

  /** Starts PostgreSQL on its data, which survive a kill as long as the machine runs. */
  async startDatabase(): Promise<Body> {
    const directory = join(this.#directory, 'postgres');
    const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };
    const server = await startPostgres({ directory, settings });
    this.#postgres = server;
    if (this.#db === null) {
      await ensureDatabase(server, database);
      this.#db = connect({ url: server.url(database), onError: () => undefined });
      await migrate(this.#db);
    }
    return bodyOf(server, directory);
  }

  /** Starts Temporal on its database file. */
  async startTemporal(): Promise<Body> {
    const directory = join(this.#directory, 'temporal');
    const server = await startTemporal({
      program: await findTemporalProgram({
        program: temporalServer,
        cacheDirectory: join(homedir(), '.cache', 'gitward'),
        onProgress: (line) => process.stderr.write(`${line}\n`),
      }),
      directory,
      namespace: 'default',
      searchAttributes: searchAttributeTypes(),
    });
    this.#temporal = server;
    await this.#client?.connection.close();
    this.#client = new Client({
      connection: Connection.lazy({ address: server.address }),
      namespace: 'default',
    });
    return bodyOf(server, directory);
  }

  /** Leaves both; they are stopped as other processes are. */
  async disconnect(): Promise<void> {
    await this.#client?.connection.close();
    await this.#db?.destroy();
  }
}

function started<T>(server: T | null): T {
  if (server === null) throw new Error('The server was never started.');
  return server;
}

async function bodyOf(
  server: EmbeddedPostgres | EmbeddedTemporal,
  directory: string,
): Promise<Body> {
  const { pid } = JSON.parse(await readFile(`${directory}.pid`, 'utf8')) as { pid: number };
  return {
    pid,
    exited: server.exited,
    kill: () => server.kill(),
    stop: () => server.stop(),
  };
}
