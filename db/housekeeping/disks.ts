import { sql } from 'kysely';
import type { DiskState } from '../../model/housekeeping/disk.ts';
import type { Upkeep } from '../../model/telemetry/figures.ts';
import type { Db } from '../connect.ts';

/** How full the disk of a process is. */
export interface ProcessDisk extends Omit<DiskState, 'isAlmostFull'> {
  /** Tells processes apart. */
  process: string;
  host: string;
}

/** After so many minutes without a word, a process has ended. */
const silence = 5;

/** Notes how full the disk of a process is. */
export async function putDisk(
  db: Db,
  { process, host, directory, free, size, isNearlyFull }: ProcessDisk,
): Promise<void> {
  const columns = {
    host,
    directory,
    free,
    size,
    nearlyFull: isNearlyFull,
    seenAt: sql<Date>`now()`,
  };
  await db
    .insertInto('processDisks')
    .values({ process, ...columns })
    .onConflict((conflict) => conflict.column('process').doUpdateSet(columns))
    .execute();
}

/** Lists the disks of the processes that run, the fullest first; those of one host and directory are one. */
export async function listDisks(db: Db): Promise<Upkeep['disks']> {
  const rows = await db
    .selectFrom('processDisks')
    .distinctOn(['host', 'directory'])
    .selectAll()
    .where('seenAt', '>', sql<Date>`now() - make_interval(mins => ${silence})`)
    .orderBy('host')
    .orderBy('directory')
    .orderBy('nearlyFull', 'desc')
    .orderBy('seenAt', 'desc')
    .execute();
  return rows
    .map(({ host, directory, free, size, nearlyFull }) => ({
      ...{ host, directory, free, size },
      isNearlyFull: nearlyFull,
    }))
    .sort((one, other) => one.free / one.size - other.free / other.size);
}
