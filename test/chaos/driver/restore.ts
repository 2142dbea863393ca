import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';
import { keyOf, readStoredChanges } from '../invariants/stored-changes.ts';
import { backUp } from '../../support/back-up.ts';
import type { Stage } from './stage.ts';

/**
 * Copies the database while everything runs, and puts the copy back after this time, in milliseconds, as an operator does:
 * while the API and the worker are stopped. Without a database that answers there is no copy.
 */
export async function restore({ world, ledger }: Stage, after: number): Promise<void> {
  const { api, worker, database } = world.victims;
  if (ledger.isCopied) return;
  ledger.isCopied = true;
  try {
    const putBack = await backUp(world.db).catch(() => null);
    if (putBack === null) return;
    await sleep(after);
    await Promise.all([api.kill(), worker.kill()]);
    await database.heal();
    await untilAlone(world.db);
    await putBack();
    ledger.wasRestored = true;
    const stored = await readStoredChanges(world.db);
    for (const change of ledger.changes) {
      const [known] = stored.get(keyOf(change.event)) ?? [];
      change.mayBeNamedLater ||= (known?.commitSha ?? null) === null;
    }
  } finally {
    ledger.isCopied = false;
  }
  await Promise.all([api.heal(), worker.heal()]);
}

/** What was killed may still have a statement that runs. */
async function untilAlone(db: Db): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(db);
    if (rows.length === 0) return;
    await sleep(50);
  }
}
