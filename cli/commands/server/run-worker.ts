import type { Logger } from 'pino';
import type { Config } from '../../../config.ts';
import { checkSealed } from '../../parts/check-sealed.ts';
import { composeCore, type Core } from '../../parts/compose.ts';
import { requireDatabase, requireMigrated } from '../../parts/database.ts';
import { composeGit } from '../../parts/git-part.ts';
import { startWorkerMetrics } from '../../parts/metrics-part.ts';
import { operatorsServers, type OperatorsServers } from '../../parts/operators-servers.ts';
import { requireGit } from '../../parts/prerequisites.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { startTracingPart } from '../../parts/tracing-part.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import type { Running } from '../../running/running.ts';
import { listenForStop } from '../../running/stop-request.ts';
import { createTerminal } from '../../running/terminal.ts';
import { startWorker } from '../../parts/worker-part.ts';

/** Runs a worker and the relay until they are stopped; returns the exit code. */
export async function runWorker(config: Config): Promise<number> {
  const servers = operatorsServers(config);
  const logger = processLogger(config, 'worker');
  const options = { terminal: createTerminal(), stop: listenForStop(config) };
  return runUntilStopped(options, async (running) => {
    await checkSealed(await bringUpWorker({ config, servers, logger }, running));
  });
}

/** What {@link bringUpWorker} needs. */
export interface BringUpWorkerOptions {
  config: Config;
  servers: OperatorsServers;
  logger: Logger;
}

/** Starts a worker and the relay with what they need, adds each part to `running`, and returns the core. */
export async function bringUpWorker(
  { config, servers, logger }: BringUpWorkerOptions,
  running: Running,
): Promise<Core> {
  await requireGit();
  const tracing = await startTracingPart(config, 'worker', logger, running);
  const core = composeCore({ config, logger, tracing, ...servers });
  running.add({ name: 'The connections', stop: () => core.close() });
  await requireDatabase(core.db);
  await requireMigrated(core.db);
  const gitPart = await composeGit(core, running);
  // Not earlier: a runtime that no worker uses would keep the process alive after it refused to
  // start.
  const { meter } = await startWorkerMetrics(core, running);
  await startWorker(core, gitPart, meter, running);
  logger.info({ temporal: servers.temporal.connection.address }, 'The worker is up');
  return core;
}
