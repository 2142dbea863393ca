import type { Client } from '@temporalio/client';
import { housekeepingId } from '../../model/housekeeping/run.ts';
import { callsInTime } from '../in-time.ts';
import { ensureSchedule } from '../schedules.ts';

/** Access to housekeeping in Temporal. */
export interface Housekeeping {
  /** Creates its Schedule if there is none. Throws `TemporalUnavailable`. */
  ensureSchedule(): Promise<void>;
}

const hour = 60 * 60 * 1_000;

/** Creates the access; a call ends within 5 s. */
export function createHousekeeping({ client }: { client: Client }): Housekeeping {
  const inTime = callsInTime(client);
  return {
    ensureSchedule: () =>
      inTime('take the Schedule of housekeeping', () =>
        ensureSchedule(client, {
          id: housekeepingId,
          workflowType: 'housekeepingWorkflow',
          args: [],
          every: hour,
          summary: 'Remove what is settled and old',
        }),
      ),
  };
}
