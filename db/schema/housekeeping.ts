import type { HousekeepingRun } from '../../model/housekeeping/run.ts';
import type { Jsonb, Timestamp } from './columns.ts';
import type { Generated } from 'kysely';

/** A single row: what became of the last run of housekeeping. */
export interface HousekeepingTable {
  id: Generated<boolean>;
  startedAt: Timestamp;
  endedAt: Timestamp;
  outcome: HousekeepingRun['outcome'];
  removed: Jsonb<HousekeepingRun['removed']>;
  failures: Jsonb<HousekeepingRun['failures']>;
  /** When a run last ended without a failure. */
  goodAt: Timestamp;
}

/** How full the disks of the processes with caches are, as each of them says every minute. */
export interface ProcessDisksTable {
  /** Host, process id, and a random part. */
  process: string;
  host: string;
  directory: string;
  /** Bytes. */
  free: number;
  size: number;
  nearlyFull: boolean;
  seenAt: Generated<Date>;
}
