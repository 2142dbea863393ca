import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { ensureDatabase, startPostgres, stopLeftoverPostgres } from '../../embedded/postgres.ts';
import { findTemporalProgram } from '../../embedded/temporal-program.ts';
import { temporalServer } from '../../embedded/temporal-programs.ts';
import { startTemporal, stopLeftoverTemporal } from '../../embedded/temporal-server.ts';
import {
  embeddedTemporal,
  operatorsTemporal,
  type TemporalTarget,
} from '../../temporal/connect.ts';
import { searchAttributeTypes } from '../../temporal/search-attributes.ts';
import type { Running } from '../running/running.ts';
import type { Terminal } from '../running/terminal.ts';

/** The servers that the parts use: the operator's if they are set, otherwise our own. */
export interface Servers {
  databaseUrl: string;
  temporal: TemporalTarget;
  /** The address of the embedded Temporal's web UI; `null` for the operator's Temporal. */
  temporalUi: string | null;
}

/** Of the embedded PostgreSQL. */
export const databaseName = 'gitward';

/**
 * Starts the embedded servers that the settings do not replace, and adds them to `running`. It
 * finds out what is missing on this machine before it starts the first of them. The caller holds
 * the lock of the data directory.
 */
export async function startServers(
  config: Config,
  running: Running,
  terminal: Terminal,
): Promise<Servers> {
  const places = {
    postgres: join(config.dataDir, 'postgres'),
    temporal: join(config.dataDir, 'temporal'),
  };
  // All of them first, so that a start that fails half-way does not leave servers of an earlier run
  // behind.
  await terminal.during(
    'Stopping what an earlier run left behind',
    Promise.all([stopLeftoverTemporal(places.temporal), stopLeftoverPostgres(places.postgres)]),
  );
  const program = config.temporalAddress === null ? await findProgram(config, terminal) : null;
  const temporalStart = { directory: places.temporal, program, running, terminal };
  // In parallel, because each takes a while to answer. We wait for both even if one fails, so that
  // whatever has started is in `running`.
  const [database, temporal] = await Promise.allSettled([
    config.databaseUrl ?? startDatabase(places.postgres, running, terminal),
    startOrFindTemporal(config, temporalStart),
  ]);
  if (database.status === 'rejected') throw database.reason;
  if (temporal.status === 'rejected') throw temporal.reason;
  return { databaseUrl: database.value, ...temporal.value };
}

interface TemporalStart {
  directory: string;
  /** `null` if the settings name the operator's own Temporal. */
  program: string | null;
  running: Running;
  terminal: Terminal;
}

async function startOrFindTemporal(
  { temporalAddress, temporalNamespace }: Config,
  { directory, program, running, terminal }: TemporalStart,
): Promise<Pick<Servers, 'temporal' | 'temporalUi'>> {
  if (temporalAddress !== null)
    return { temporal: operatorsTemporal(temporalAddress, temporalNamespace), temporalUi: null };
  const server = await terminal.during(
    'Starting Temporal',
    startTemporal({
      program: program ?? temporalServer.name,
      directory,
      namespace: temporalNamespace,
      searchAttributes: searchAttributeTypes(),
    }),
  );
  running.add({
    name: 'Temporal',
    stop: () => server.stop(),
    kill: () => server.kill(),
    ended: server.exited,
  });
  const temporal = embeddedTemporal(server.address, temporalNamespace);
  return { temporal, temporalUi: server.uiUrl };
}

async function startDatabase(
  directory: string,
  running: Running,
  terminal: Terminal,
): Promise<string> {
  const postgres = await terminal.during('Starting PostgreSQL', startPostgres({ directory }));
  running.add({
    name: 'PostgreSQL',
    stop: () => postgres.stop(),
    kill: () => postgres.kill(),
    ended: postgres.exited,
  });
  await ensureDatabase(postgres, databaseName);
  return postgres.url(databaseName);
}

async function findProgram(config: Config, terminal: Terminal): Promise<string> {
  return findTemporalProgram({
    program: temporalServer,
    cacheDirectory: await cacheDirectory(config),
    onProgress: (line) => terminal.progress(line),
  });
}

/**
 * The user's cache directory, which several data directories share; inside the data directory if
 * the user has no home directory.
 */
async function cacheDirectory(config: Config): Promise<string> {
  return access(homedir(), 2).then(
    () => join(homedir(), '.cache', 'gitward'),
    () => join(config.dataDir, 'cache'),
  );
}
