import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { migrate } from '../../../db/migrate.ts';
import { ensureAdminToken } from '../../../db/access/tokens.ts';
import { takeDataDirectory } from '../../../embedded/data-directory.ts';
import { ensureSearchAttributes } from '../../../temporal/search-attributes.ts';
import { installRuntime } from '../../../worker/runtime.ts';
import { startApi } from '../../parts/api-part.ts';
import { composeCore, type Core } from '../../parts/compose.ts';
import { requireDatabase } from '../../parts/database.ts';
import { composeGit } from '../../parts/git-part.ts';
import { requireGit, requirePort } from '../../parts/prerequisites.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import type { Running } from '../../running/running.ts';
import { loadSecrets, type Secrets } from '../../parts/secrets.ts';
import { startServers, type Servers } from '../../parts/servers.ts';
import { createTerminal, type Terminal } from '../../running/terminal.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { sealAnew } from '../../parts/seal-anew.ts';
import { readVersion } from '../../version.ts';
import { startWorker } from '../../parts/worker-part.ts';

/** Runs everything in one process tree until it is stopped; returns the exit code. */
export async function runStart(config: Config): Promise<number> {
  const terminal = createTerminal();
  const { startedByNpm } = config;
  return runUntilStopped({ terminal, startedByNpm }, async (running, signal) => {
    const { url, secrets, servers } = await bringUp(config, terminal, running, signal);
    terminal.print(await summary(config, url, secrets, servers));
  });
}

/** Where to find a running installation. */
export interface Installation {
  url: string;
  secrets: Secrets;
  servers: Servers;
}

/** Starts everything in this process tree, and adds each part to `running`. */
export async function bringUp(
  config: Config,
  terminal: Terminal,
  running: Running,
  signal: AbortSignal,
): Promise<Installation> {
  await requireGit();
  await requirePort(config.host, config.port);
  const directory = await takeDataDirectory(config.dataDir);
  running.add({ name: 'The data directory', stop: () => directory.release() });
  signal.throwIfAborted();

  const secrets = await loadSecrets(config, config.dataDir);
  const servers = await startServers(config, running, terminal);
  signal.throwIfAborted();

  const { databaseUrl, temporal } = servers;
  const logger = processLogger(config);
  const { masterKey } = secrets;
  const core = composeCore({ config, logger, databaseUrl, temporal, masterKey });
  running.add({ name: 'The connections', stop: () => core.close() });
  await prepare(core, secrets, terminal);
  signal.throwIfAborted();

  installRuntime(logger);
  const gitPart = await composeGit(core, running);
  await terminal.during('Starting the worker', startWorker(core, gitPart, running));
  signal.throwIfAborted();
  const api = await startApi(core, gitPart);
  running.add(api.part);
  return { url: api.url, secrets, servers };
}

/** Migrates the database and the namespace to this version. */
async function prepare(core: Core, secrets: Secrets, terminal: Terminal): Promise<void> {
  await requireDatabase(core.db);
  await terminal.during('Migrating the database', migrate(core.db));
  await sealAnew(core, terminal);
  await ensureAdminToken(core.db, secrets.adminToken);
  await ensureSearchAttributes(core.client);
}

async function summary(
  config: Config,
  url: string,
  secrets: Secrets,
  servers: Servers,
): Promise<string> {
  const rows: [string, string][] = [
    ['API', url],
    ['API page', `${url}/docs`],
    ['Temporal UI', servers.temporalUi ?? `your own, for ${servers.temporal.connection.address}`],
    ['Admin token', secrets.adminTokenFile ?? 'GITWARD_ADMIN_TOKEN'],
    ['Data', config.dataDir],
  ];
  const postgres = join(config.dataDir, 'postgres');
  const place = config.databaseUrl === null ? await realpath(postgres) : postgres;
  // If we are root, the database cannot always be inside a closed home directory.
  if (place !== join(await realpath(config.dataDir), 'postgres')) rows.push(['Database', place]);
  return [
    '',
    `Gitward ${readVersion()} is running.`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`),
    '',
    'Press Ctrl-C to stop everything cleanly.',
    '',
  ].join('\n');
}
