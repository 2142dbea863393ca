import { findUnopened } from '../../db/reseal.ts';
import type { Core } from './compose.ts';

/** A start does not wait for a table of millions; `gitward migrate` looks at everything. */
const rowsOfEach = 1_000;

/**
 * Looks for stored values that the master keys do not open, in a sample of each table, and logs one error that names them all. Returns their
 * columns, for `/readyz`. Whatever needs none of them goes on working.
 */
export async function checkSealed({
  db,
  sealer,
  logger,
}: Pick<Core, 'db' | 'sealer' | 'logger'>): Promise<string[]> {
  const unopened = await findUnopened(db, sealer, rowsOfEach);
  if (unopened.length > 0) {
    const own = sealer.headers.map((header) => header.subarray(1).toString('hex')).join(', ');
    const columns = unopened.map(({ column, keyIds }) => `${column} (key ${keyIds.join(', ')})`);
    logger.error(
      `Stored values are sealed under other master keys than this process has (${own}): ${columns.join('; ')}. ` +
        'Give GITWARD_MASTER_KEY the key that this database was written with, or add it to GITWARD_MASTER_KEY_PREVIOUS.',
    );
  }
  return unopened.map(({ column }) => column);
}
