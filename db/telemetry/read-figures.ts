import { sql } from 'kysely';
import type { DatabaseFigures } from '../../model/telemetry/figures.ts';
import type { LabelLimits } from '../../model/telemetry/label-limits.ts';
import { listDisks } from '../housekeeping/disks.ts';
import { readHousekeeping } from '../housekeeping/runs.ts';
import { countFeeds } from '../mirror/feeds.ts';
import type { Db } from '../connect.ts';
import { readActivity } from './activity.ts';
import { readDeliveries } from './deliveries.ts';
import { readProjects } from './projects.ts';
import { readWaiting } from './waiting.ts';

/** Nobody waits longer for figures, and a database that is busy should not work on them. */
const longestStatement = '10s';

/**
 * Reads what the whole installation did and what waits in it, as of one moment, in a fixed number of queries. Their cost
 * follows what was delivered in a week and what waits now, not what was ever stored.
 */
export async function readFigures(db: Db, limits: LabelLimits): Promise<DatabaseFigures> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`SET LOCAL statement_timeout = ${sql.lit(longestStatement)}`.execute(trx);
      const activity = await readActivity(trx, limits);
      return {
        activity,
        projects: await readProjects(trx, activity.topProjects),
        deliveries: await readDeliveries(trx, activity.topBranches),
        waiting: await readWaiting(trx, limits),
        feeds: await countFeeds(trx),
        upkeep: { ...(await readHousekeeping(trx)), disks: await listDisks(trx) },
      };
    });
}
