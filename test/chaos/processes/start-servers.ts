import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '../../../embedded/postgres.ts';
import { findTemporalProgram } from '../../../embedded/temporal-program.ts';
import { temporalServer } from '../../../embedded/temporal-programs.ts';
import { startTemporal, type EmbeddedTemporal } from '../../../embedded/temporal-server.ts';
import { searchAttributeTypes } from '../../../temporal/search-attributes.ts';
import type { Body } from './victim.ts';

/** A server that was started, and how it is treated. */
export interface StartedServer<Server> {
  server: Server;
  body: Body;
}

/** Starts PostgreSQL on its data, which survives a kill as long as the machine runs. */
export async function startDatabaseServer(
  directory: string,
): Promise<StartedServer<EmbeddedPostgres>> {
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await startPostgres({ directory, settings });
  return { server, body: await bodyOf(server, directory) };
}

/** Starts Temporal on its database file. */
export async function startTemporalServer(
  directory: string,
): Promise<StartedServer<EmbeddedTemporal>> {
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
  return { server, body: await bodyOf(server, directory) };
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
