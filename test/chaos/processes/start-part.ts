import { join } from 'node:path';
import { startProgram, type Program } from './start-program.ts';

/** A part of Gitward, and what it is run with. */
export interface PartOptions {
  part: 'api' | 'worker';
  /** The folder of the build. */
  dist: string;
  /** Its data, its temporary files and its log are below it. */
  directory: string;
  databaseUrl: string;
  temporalPort: number;
  masterKey: string;
  /** The port of the API. */
  port: number;
  /** More settings. */
  settings: Record<string, string>;
}

/** Windows and intervals are as short as they may be; heartbeats and time limits are those of production. */
const clocks = {
  GITWARD_WINDOW: '500ms',
  GITWARD_SAVE_WINDOW: '300ms',
  GITWARD_RETRY_INTERVAL: '1s',
  GITWARD_POLL_INTERVAL: '1s',
  GITWARD_ESCALATE_AFTER: '3h',
  // A round asks for one where it needs one.
  GITWARD_CATCH_UP_INTERVAL: '12h',
  // The disk of a round has 64 MiB, which would count as full from the start.
  GITWARD_MIN_FREE_MIB: '8',
};

const ready = { api: /"url":"http:\/\/[\d.]+:(\d+)"/, worker: /The worker is up/ };

/** Runs `gitward api` or `gitward worker` of a build; resolves when it is up. */
export function startPart(options: PartOptions): Promise<Program> {
  const { part, dist, directory, databaseUrl, temporalPort, masterKey, port, settings } = options;
  return startProgram({
    args: [join(dist, 'cli/main.js'), part],
    env: {
      ...clocks,
      HOME: directory,
      TMPDIR: join(directory, `${part}-tmp`),
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
      GITWARD_DATA_DIR: join(directory, `${part}-data`),
      GITWARD_PORT: String(port),
      GITWARD_MASTER_KEY: masterKey,
      GITWARD_ALLOW_PRIVATE_NETWORK: 'true',
      ...settings,
    },
    ready: ready[part],
    logFile: join(directory, 'logs', `${part}.log`),
  });
}
