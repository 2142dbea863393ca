import type { Config } from '../../../config.ts';
import { migrate } from '../../../db/migrate.ts';
import { ensureSearchAttributes } from '../../../temporal/search-attributes.ts';
import { composeCore } from '../../parts/compose.ts';
import { requireDatabase, requireKnownSchema } from '../../parts/database.ts';
import { operatorsServers } from '../../parts/operators-servers.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { sealAnew } from '../../parts/seal-anew.ts';
import { createTerminal } from '../../running/terminal.ts';

/**
 * Migrates the database and the Temporal namespace to this version, or only says what that would do to the database; returns
 * the exit code.
 */
export async function runMigrate(config: Config, options: { dryRun: boolean }): Promise<number> {
  const core = composeCore({
    config,
    logger: processLogger(config, 'migrate'),
    tracing: null,
    ...operatorsServers(config),
  });
  const terminal = createTerminal();
  try {
    await requireDatabase(core.db);
    const { pending } = await requireKnownSchema(core.db);
    if (options.dryRun) {
      terminal.print(
        pending.length === 0 ? 'The database is up to date.' : `Would run: ${pending.join(', ')}.`,
      );
      return 0;
    }
    if (pending.length > 0) terminal.progress(`Running ${pending.join(', ')} …`);
    const ran = await migrate(core.db);
    terminal.print(
      ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}.`,
    );
    await sealAnew(core, terminal);
    await ensureSearchAttributes(core.client);
    terminal.print("Temporal's search attributes are set up.");
  } finally {
    await core.close();
  }
  return 0;
}
