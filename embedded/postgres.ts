import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startChildServer, type ChildServer } from './child-server.ts';
import { findRemembered, stopLeftover } from './pid-file.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
  checkPostgresVersion,
  initPostgres,
  postgresEnvironment,
  postgresRole,
} from './postgres-init.ts';
import { removeStaleLock } from './postgres-lock.ts';
import { findPostgresFiles, type PostgresFiles } from './postgres-files.ts';
import { secretFile } from './secret-file.ts';

/** How to start the embedded PostgreSQL. */
export interface StartPostgresOptions {
  /**
   * Absolute; created if it is missing. Next to it are `<directory>-password`, `<directory>.pid`
   * and `<directory>.log`. If we are root, it may become a link: see {@link findPostgresFiles}.
   */
  directory: string;
  /** Server settings in addition to ours: name → value. */
  settings?: Record<string, string>;
}

/** Our own PostgreSQL, reached through a Unix socket that only its owner (and root) may open. */
export interface EmbeddedPostgres {
  /** A connection URL, including the password. */
  url(database: string): string;
  /** Resolves when the server has ended for any reason, and says how. */
  readonly exited: Promise<string>;
  /** Kills it at once; the next start recovers what was committed. */
  kill(): void;
  /** Disconnects all clients and stops. Safe to call again. */
  stop(): Promise<void>;
}

const stopSignal = 'SIGINT'; // PostgreSQL's "fast" shutdown: open transactions are rolled back.
const stopWithin = 20_000;
const startWithin = 60_000;

/**
 * Starts the embedded PostgreSQL and creates its database if there is none; a server that an
 * earlier run left behind is stopped first. The caller holds the data directory's lock. If the
 * server does not come up, rejects with its output.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const { directory, settings = {} } = options;
  await stopLeftoverPostgres(directory);
  const files = await findPostgresFiles(directory);
  const binaries = await findPostgresBinaries(files.user, dirname(directory));
  const password = await secretFile(`${directory}-password`, () =>
    randomBytes(24).toString('base64url'),
  );
  if (!files.exists) {
    await initPostgres({ files, directory, initdb: binaries.initdb, password });
  }
  await checkPostgresVersion(files.data, binaries.majorVersion);
  await removeStaleLock(files.data);

  const sockets = await socketDirectory(files);
  const removeSockets = async () => {
    if (sockets !== files.data) await rm(sockets, { recursive: true, force: true });
  };
  const url = (database: string) => urlOf({ password, sockets, database });
  const serverSettings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    ...settings,
  };
  const start = () =>
    startChildServer({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: [
        '-D',
        files.data,
        ...Object.entries(serverSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      env: postgresEnvironment,
      cwd: files.data,
      user: files.user,
      logFile: `${directory}.log`,
      pidFile: pidFileOf(directory),
      stopSignal,
      stopWithin,
    });
  try {
    const server = await untilAnswering(start, url('postgres'));
    return {
      url,
      exited: server.exited,
      kill: () => server.kill(),
      async stop() {
        await server.stop();
        await removeSockets();
      },
    };
  } catch (error) {
    await removeSockets();
    throw error;
  }
}

interface Address {
  password: string;
  /** The directory of its socket. */
  sockets: string;
  database: string;
}

function urlOf({ password, sockets, database }: Address): string {
  return `postgresql://${postgresRole}:${password}@${encodeURIComponent(sockets)}/${encodeURIComponent(database)}`;
}

/** The URL of a database of the server that runs on this directory; `null` if none does. Asks nothing and changes nothing. */
export async function findRunningPostgres(
  directory: string,
  database: string,
): Promise<string | null> {
  if ((await findRemembered(pidFileOf(directory))) === null) return null;
  try {
    const [password, lock] = await Promise.all([
      readFile(`${directory}-password`, 'utf8'),
      readFile(join(directory, 'postmaster.pid'), 'utf8'),
    ]);
    // The fifth line is the directory of the socket (PostgreSQL's `pidfile.h`).
    const sockets = lock.split('\n')[4] ?? '';
    return sockets === '' ? null : urlOf({ password: password.trim(), sockets, database });
  } catch (error) {
    // It is starting or stopping.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function pidFileOf(directory: string): string {
  return `${directory}.pid`;
}

/** Stops a server that an earlier run left running on this directory. The caller holds its lock. */
export async function stopLeftoverPostgres(directory: string): Promise<void> {
  await stopLeftover({ file: pidFileOf(directory), stopSignal, stopWithin });
}

/** A socket's path, including its name, may have 103 bytes on the strictest system (macOS). */
const longestSocketDirectory = 103 - '/.s.PGSQL.5432'.length;

async function socketDirectory({ data, user }: PostgresFiles): Promise<string> {
  if (Buffer.byteLength(data) <= longestSocketDirectory) return data;
  const directory = await mkdtemp(join(tmpdir(), 'gitward-'));
  if (user !== null) await chown(directory, user.uid, user.gid);
  return directory;
}

async function untilAnswering(
  start: () => Promise<ChildServer>,
  url: string,
): Promise<ChildServer> {
  const deadline = Date.now() + startWithin;
  for (;;) {
    const server = await start();
    const problem = await firstAnswer(server, url, deadline);
    if (problem === null) return server;
    await server.stop();
    const log = await server.logTail();
    // When a server is killed, the processes of its connections end too, but not at once.
    const lingering = log.includes('pre-existing shared memory block');
    if (!lingering || Date.now() > deadline)
      throw new Error(`The embedded PostgreSQL did not start (${problem}). It said:\n${log}`);
    await sleep(500);
  }
}

async function firstAnswer(
  server: ChildServer,
  url: string,
  deadline: number,
): Promise<string | null> {
  for (;;) {
    if (!server.running()) return server.exited;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    // Otherwise our process would crash when the server closes the connection.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return null;
    } catch (error) {
      // 28P01: the password file does not match the database.
      if ((error as { code?: string }).code === '28P01') return 'its password was refused';
      if (Date.now() > deadline) return error instanceof Error ? error.message : 'no answer';
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(50);
  }
}

/** Creates the database if it is missing. */
export async function ensureDatabase(postgres: EmbeddedPostgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // 42P04: it exists.
    if ((error as { code?: string }).code !== '42P04') throw error;
  } finally {
    await client.end();
  }
}
