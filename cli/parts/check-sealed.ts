import type { Sealer } from '../../db/sealing.ts';
import { findUnopened, type Unopened } from '../../db/reseal.ts';
import type { Core } from './compose.ts';

/**
 * How many of the first and of the last rows of each table are looked at: a start does not wait for a table of millions;
 * `gitward migrate` looks at everything.
 */
export const rowsOfEach = 1_000;

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
  if (unopened.length > 0) logger.error(`${unopenedText(sealer, unopened)} ${unopenedMend}`);
  return unopened.map(({ column }) => column);
}

/** What was sealed under which other keys than those of the sealer. */
export function unopenedText(sealer: Sealer, unopened: readonly Unopened[]): string {
  const own = sealer.headers.map((header) => header.subarray(1).toString('hex')).join(', ');
  const columns = unopened.map(({ column, keyIds }) => `${column} (key ${keyIds.join(', ')})`);
  return `Stored values are sealed under other master keys than this process has (${own}): ${columns.join('; ')}.`;
}

/** What to do about it. */
export const unopenedMend =
  'Give GITWARD_MASTER_KEY the key that this database was written with, or add it to GITWARD_MASTER_KEY_PREVIOUS.';
