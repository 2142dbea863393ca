import type { Config } from '../config.ts';
import { installRuntime } from '../worker/runtime.ts';
import { composeCore } from './compose.ts';
import { requireDatabase, requireMigrated } from './database.ts';
import { composeGit } from './git-part.ts';
import { operatorsServers } from './operators-servers.ts';
import { requireGit } from './prerequisites.ts';
import { processLogger } from './process-logger.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { createTerminal } from './terminal.ts';
import { startWorker } from './worker-part.ts';

/** Runs a worker and the relay until they are stopped; answers the exit code. */
export async function runWorker(config: Config): Promise<number> {
  const servers = operatorsServers(config);
  return runUntilStopped(createTerminal(), async (running) => {
    await requireGit();
    const logger = processLogger(config);
    const core = composeCore({ config, logger, ...servers });
    running.add({ name: 'The connections', stop: () => core.close() });
    await requireDatabase(core.db);
    await requireMigrated(core.db);
    const gitPart = await composeGit(core, running);
    // Not before: a runtime that no worker uses keeps a process that refused to start from ending.
    installRuntime(logger);
    await startWorker(core, gitPart, running);
    logger.info({ temporal: servers.temporal.connection.address }, 'The worker is up');
  });
}
