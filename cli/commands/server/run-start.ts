import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, type Config } from '../../../config.ts';
import { migrate } from '../../../db/migrate.ts';
import { signInUrl } from '../../../api/access/sessions/sign-in-url.ts';
import { insertSignInLink } from '../../../db/access/sign-in-links.ts';
import { adminTokenId, ensureAdminToken, findValidToken } from '../../../db/access/tokens.ts';
import type { Db } from '../../../db/connect.ts';
import { takeDataDirectory } from '../../../embedded/data-directory.ts';
import { ensureSearchAttributes } from '../../../temporal/search-attributes.ts';
import { startApi } from '../../parts/api-part.ts';
import { composeCore, type Core } from '../../parts/compose.ts';
import { requireDatabase, requireKnownSchema } from '../../parts/database.ts';
import { composeGit } from '../../parts/git-part.ts';
import { requireGit, requirePort } from '../../parts/prerequisites.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import type { Running } from '../../running/running.ts';
import { loadSecrets, type Secrets } from '../../parts/secrets.ts';
import { startServers, type Servers } from '../../parts/servers.ts';
import { createTerminal, type Terminal } from '../../running/terminal.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { startTracingPart } from '../../parts/tracing-part.ts';
import { sealAnew } from '../../parts/seal-anew.ts';
import { readVersion } from '../../version.ts';
import { listenForStop } from '../../running/stop-request.ts';
import { superviseWorker } from '../../worker-process/supervise-worker.ts';
import { startWorkerProcess, stopLeftoverWorker } from '../../worker-process/worker-process.ts';

/** Runs everything in one process tree until it is stopped; returns the exit code. */
export async function runStart(env: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(env);
  const terminal = createTerminal();
  return runUntilStopped({ terminal, stop: listenForStop(config) }, async (running, signal) => {
    terminal.print(
      await summary(config, await bringUp({ config, env, terminal, running, signal })),
    );
  });
}

/** Where to find a running installation. */
export interface Installation {
  url: string;
  /** A link that signs in as the admin, once; `null` if the admin token was revoked. */
  signInUrl: string | null;
  secrets: Secrets;
  servers: Servers;
}

/** What {@link bringUp} needs. */
export interface BringUpOptions {
  config: Config;
  /** What `config` was read from; the worker's process reads it, too. */
  env: NodeJS.ProcessEnv;
  terminal: Terminal;
  running: Running;
  signal: AbortSignal;
}

/**
 * Starts everything in this process tree, and adds each part to `running`: the servers, then the API in this process
 * and the worker in a process of its own.
 */
export async function bringUp(options: BringUpOptions): Promise<Installation> {
  const { config, env, terminal, running, signal } = options;
  await requireGit();
  await requirePort(config.host, config.port);
  const directory = await takeDataDirectory(config.dataDir);
  running.add({ name: 'The data directory', stop: () => directory.release() });
  signal.throwIfAborted();

  const secrets = await loadSecrets(config, config.dataDir);
  const logger = processLogger(config, 'main');
  await stopLeftoverWorker(config.dataDir);
  const { dataDir, workerMemory: memory } = config;
  // Its process loads its code while the servers start.
  const worker = superviseWorker({
    start: () => startWorkerProcess({ env, dataDir, memory }),
    memory,
    logger,
  });
  running.add({
    name: "The worker's process",
    stop: () => worker.stop(),
    kill: () => worker.kill(),
  });
  const servers = await startServers(config, running, terminal);
  // Once more, because it has to stop before the servers.
  running.add({ name: 'The worker', ...worker });
  signal.throwIfAborted();

  const { databaseUrl, temporal } = servers;
  const { masterKey } = secrets;
  const tracing = await startTracingPart(config, 'main', logger, running);
  const core = composeCore({ config, logger, databaseUrl, temporal, masterKey, tracing });
  running.add({ name: 'The connections', stop: () => core.close() });
  await prepare(core, secrets, terminal);
  signal.throwIfAborted();

  worker.begin({
    databaseUrl,
    temporalAddress: temporal.connection.address,
    masterKey: masterKey.toString('base64'),
  });
  const api = await startApi(core, await composeGit(core, running), running, {
    isOwnWorkerUp: () => worker.isUp(),
    temporalUi: servers.temporalUi,
  });
  running.add(api.part);
  await terminal.during('Starting the worker', worker.untilUp(signal));
  const signInUrl = await adminSignInUrl(core.db, api.publicUrl);
  return { url: api.url, signInUrl, secrets, servers };
}

/** Migrates the database and the namespace to this version. */
async function prepare(core: Core, secrets: Secrets, terminal: Terminal): Promise<void> {
  await requireDatabase(core.db);
  await requireKnownSchema(core.db);
  await terminal.during('Migrating the database', migrate(core.db));
  await sealAnew(core, terminal);
  await ensureAdminToken(core.db, secrets.adminToken);
  await ensureSearchAttributes(core.client);
}

/** A link that signs in with the admin token. */
async function adminSignInUrl(db: Db, publicUrl: string): Promise<string | null> {
  const admin = await findValidToken(db, adminTokenId);
  if (admin === null) return null;
  const { code } = await insertSignInLink(db, { tokenId: adminTokenId, personId: null });
  return signInUrl(publicUrl, code);
}

async function summary(
  config: Config,
  { url, signInUrl, secrets, servers }: Installation,
): Promise<string> {
  const rows: [string, string][] = [
    ...(signInUrl === null ? [] : [['Sign in', signInUrl] satisfies [string, string]]),
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
    ...(signInUrl === null
      ? []
      : ['The link signs you in once, within ten minutes; `gitward sign-in` makes another.']),
    'Press Ctrl-C to stop everything cleanly.',
    '',
  ].join('\n');
}
