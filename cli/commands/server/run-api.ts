import type { Config } from '../../../config.ts';
import { ensureAdminToken, hasAdmin } from '../../../db/access/tokens.ts';
import { startApi } from '../../parts/api-part.ts';
import { composeCore } from '../../parts/compose.ts';
import { requireDatabase, requireMigrated } from '../../parts/database.ts';
import { composeGit } from '../../parts/git-part.ts';
import { operatorsServers } from '../../parts/operators-servers.ts';
import { requireGit, requirePort } from '../../parts/prerequisites.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { startTracingPart } from '../../parts/tracing-part.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import { listenForStop } from '../../running/stop-request.ts';
import { createTerminal } from '../../running/terminal.ts';

/** Runs only the API until it is stopped; returns the exit code. */
export async function runApi(config: Config): Promise<number> {
  const servers = operatorsServers(config);
  const options = { terminal: createTerminal(), stop: listenForStop(config) };
  return runUntilStopped(options, async (running) => {
    await requireGit();
    await requirePort(config.host, config.port);
    const logger = processLogger(config, 'api');
    const tracing = await startTracingPart(config, 'api', logger, running);
    const core = composeCore({ config, logger, tracing, ...servers });
    running.add({ name: 'The connections', stop: () => core.close() });
    await requireDatabase(core.db);
    await requireMigrated(core.db);
    if (config.adminToken !== null) await ensureAdminToken(core.db, config.adminToken);
    else if (!(await hasAdmin(core.db)))
      logger.warn('There is no admin token for the API: set GITWARD_ADMIN_TOKEN and restart it');
    const { part, url } = await startApi(core, await composeGit(core, running), running);
    running.add(part);
    logger.info({ url }, 'The API is up');
  });
}
