import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { startChildServer, type ChildServer } from './child-server.ts';
import { freePort, isPortFree } from './free-port.ts';
import { startUiGuard } from './ui-guard.ts';
import { findRemembered, stopLeftover } from './pid-file.ts';

/** How to start the embedded Temporal server. */
export interface StartTemporalOptions {
  /** Path of the `temporal` command: see {@link findTemporalProgram}. */
  program: string;
  /** Absolute; created if it is missing. Next to it are `<directory>.pid`, `<directory>.address` and `<directory>.log`. */
  directory: string;
  namespace: string;
  /** Names and types, as the command expects them: `{ GitwardProject: 'Keyword' }`. */
  searchAttributes: Record<string, string>;
}

/** Our own Temporal server, on loopback. */
export interface EmbeddedTemporal {
  /** Such as `127.0.0.1:7233`. */
  address: string;
  /** The address of its web UI. */
  uiUrl: string;
  /** Resolves when the server has ended for any reason, and says how. */
  readonly exited: Promise<string>;
  /** Kills it at once. */
  kill(): void;
  /** Stops it. Safe to call again. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const stopSignal = 'SIGTERM';
const stopWithin = 15_000;
const startWithin = 60_000;

/**
 * Starts the Temporal server with its UI and a database file; a server that an earlier run left
 * behind is stopped first. It listens on Temporal's usual ports if they are free, otherwise on
 * others. The caller holds the data directory's lock. If the server does not come up, rejects with
 * its output.
 */
export async function startTemporal(options: StartTemporalOptions): Promise<EmbeddedTemporal> {
  const { directory } = options;
  await stopLeftoverTemporal(directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { server, port, innerUiPort } = await startOnFreePorts(options);
  await writeFile(addressFileOf(directory), `${host}:${port}\n`);
  const guard = await startUiGuard(8233, innerUiPort).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  let stopping: Promise<unknown> | undefined;
  return {
    address: `${host}:${port}`,
    uiUrl: `http://${host}:${guard.port}`,
    exited: server.exited,
    kill() {
      server.kill();
      void guard.close();
    },
    async stop() {
      stopping ??= Promise.all([guard.close(), server.stop()]);
      await stopping;
    },
  };
}

/** The ports of our server: Temporal's usual one if it is free, and one of its UI that only the guard knows. */
interface ServerPorts {
  port: number;
  innerUiPort: number;
}

/**
 * Starts the server and waits until it answers. It takes its ports seconds after they were found free; if somebody else
 * was faster, it is started again on others.
 */
async function startOnFreePorts(
  options: StartTemporalOptions,
): Promise<ServerPorts & { server: ChildServer }> {
  for (let attempt = 1; ; attempt++) {
    const ports = {
      port: await freePort(host, attempt === 1 ? 7233 : 0),
      innerUiPort: await freePort(host, 0),
    };
    const server = await startServer(options, ports);
    const problem = await firstAnswer(server, options.namespace, ports);
    if (problem === null) return { server, ...ports };
    await server.stop();
    const taken = await Promise.all([ports.port, ports.innerUiPort].map(isTaken));
    if (attempt < 3 && taken.includes(true)) continue;
    throw new Error(
      `The embedded Temporal server did not start (${problem}). It said:\n${await server.logTail()}`,
    );
  }
}

async function isTaken(port: number): Promise<boolean> {
  return !(await isPortFree(host, port));
}

async function startServer(
  { program, directory, namespace, searchAttributes }: StartTemporalOptions,
  { port, innerUiPort }: ServerPorts,
): Promise<ChildServer> {
  return startChildServer({
    name: 'The Temporal server',
    command: program,
    args: [
      ...[
        'server',
        'start-dev',
        '--ip',
        host,
        '--port',
        String(port),
        '--ui-port',
        String(innerUiPort),
      ],
      // There is no way to switch its HTTP API off, which takes what pages of any site post. Nobody can name this host.
      '--dynamic-config-value',
      `frontend.httpAllowedHosts=["${randomUUID()}.invalid"]`,
      ...['--db-filename', join(directory, 'temporal.db'), '--namespace', namespace],
      ...['--log-level', 'warn', '--color', 'never'],
      ...Object.entries(searchAttributes).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
    ],
    // It stores nothing in a home directory, and must not read settings from one.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: directory },
    cwd: directory,
    user: null,
    logFile: `${directory}.log`,
    pidFile: pidFileOf(directory),
    stopSignal,
    stopWithin,
  });
}

function pidFileOf(directory: string): string {
  return `${directory}.pid`;
}

function addressFileOf(directory: string): string {
  return `${directory}.address`;
}

/** The address of the server that runs on this directory; `null` if none does. Asks nothing and changes nothing. */
export async function findRunningTemporal(directory: string): Promise<string | null> {
  if ((await findRemembered(pidFileOf(directory))) === null) return null;
  const address = await readFile(addressFileOf(directory), 'utf8').catch(() => '');
  return address.trim() === '' ? null : address.trim();
}

/** Stops a server that an earlier run left running on this directory. The caller holds its lock. */
export async function stopLeftoverTemporal(directory: string): Promise<void> {
  await stopLeftover({ file: pidFileOf(directory), stopSignal, stopWithin });
}

/**
 * Waits until our server answers; returns what is wrong if it does not. Since its port was found free, somebody else's
 * server may have taken it and would answer in its place. So its UI must answer as well, on a port that only we know, and
 * its process must still be running then.
 */
async function firstAnswer(
  server: ChildServer,
  namespace: string,
  { port, innerUiPort }: ServerPorts,
): Promise<string | null> {
  const deadline = Date.now() + startWithin;
  while (server.running()) {
    const connection = Connection.lazy({ address: `${host}:${port}` });
    let problem: string | null = null;
    try {
      await connection.withDeadline(Date.now() + 2_000, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      await (
        await fetch(`http://${host}:${innerUiPort}`, { signal: AbortSignal.timeout(2_000) })
      ).text();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    } finally {
      await connection.close();
    }
    if (problem === null && server.running()) return null;
    if (Date.now() > deadline) return problem;
    await sleep(100);
  }
  return server.exited;
}
