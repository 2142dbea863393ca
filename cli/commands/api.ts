import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { ensureAdminToken } from '../../db/tokens.ts';
import { startApi } from '../api-part.ts';
import { composeCore } from '../compose.ts';
import { requireDatabase, requireMigrated } from '../database.ts';
import { composeGit } from '../git-part.ts';
import { operatorsServers } from '../operators-servers.ts';
import { requireGit, requirePort } from '../prerequisites.ts';
import { processLogger } from '../process-logger.ts';
import { runUntilStopped } from '../run-until-stopped.ts';
import { createTerminal } from '../terminal.ts';

/** Adds `gitward api`. */
export function registerApi(program: Command): void {
  program
    .command('api')
    .description('run the API alone, on servers of yours (DATABASE_URL, TEMPORAL_ADDRESS)')
    .action(async () => {
      const config = readConfig(process.env);
      const servers = operatorsServers(config);
      process.exitCode = await runUntilStopped(createTerminal(), async (running) => {
        await requireGit();
        await requirePort(config.host, config.port);
        const logger = processLogger(config);
        const core = composeCore({ config, logger, ...servers });
        running.add({ name: 'The connections', stop: () => core.close() });
        await requireDatabase(core.db);
        await requireMigrated(core.db);
        if (config.adminToken !== null) await ensureAdminToken(core.db, config.adminToken);
        const { previewMirror } = await composeGit(core, running);
        const { part, url } = await startApi(core, previewMirror);
        running.add(part);
        logger.info({ url }, 'The API is up');
      });
    });
}
