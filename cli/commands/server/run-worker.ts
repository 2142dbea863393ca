import type { Config } from '../../../config.ts';
import { installRuntime } from '../../../worker/runtime.ts';
import { checkSealed } from '../../parts/check-sealed.ts';
import { composeCore } from '../../parts/compose.ts';
import { requireDatabase, requireMigrated } from '../../parts/database.ts';
import { composeGit } from '../../parts/git-part.ts';
import { operatorsServers } from '../../parts/operators-servers.ts';
import { requireGit } from '../../parts/prerequisites.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import { createTerminal } from '../../running/terminal.ts';
import { startWorker } from '../../parts/worker-part.ts';

/** Runs a worker and the relay until they are stopped; returns the exit code. */
export async function runWorker(config: Config): Promise<number> {
  const servers = operatorsServers(config);
  const { startedByNpm } = config;
  return runUntilStopped({ terminal: createTerminal(), startedByNpm }, async (running) => {
    await requireGit();
    const logger = processLogger(config);
    const core = composeCore({ config, logger, ...servers });
    running.add({ name: 'The connections', stop: () => core.close() });
    await requireDatabase(core.db);
    await requireMigrated(core.db);
    await checkSealed(core);
    const gitPart = await composeGit(core, running);
    // Not earlier: a runtime that no worker uses would keep the process alive after it refused to
    // start.
    installRuntime(logger);
    await startWorker(core, gitPart, running);
    logger.info({ temporal: servers.temporal.connection.address }, 'The worker is up');
  });
}
