import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { migrate } from '../../db/migrate.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { composeCore } from '../compose.ts';
import { requireDatabase } from '../database.ts';
import { operatorsServers } from '../operators-servers.ts';
import { processLogger } from '../process-logger.ts';
import { createTerminal } from '../terminal.ts';

/** Adds `gitward migrate`. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'bring database and Temporal namespace up to this version; before its API and workers start',
    )
    .action(async () => {
      const config = readConfig(process.env);
      const core = composeCore({
        config,
        logger: processLogger(config),
        ...operatorsServers(config),
      });
      const terminal = createTerminal();
      try {
        await requireDatabase(core.db);
        const ran = await migrate(core.db);
        terminal.print(
          ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}.`,
        );
        await ensureSearchAttributes(core.client);
        terminal.print("Temporal's search attributes are there.");
      } finally {
        await core.close();
      }
    });
}
