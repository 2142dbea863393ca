import { listDisks } from '../../../db/housekeeping/disks.ts';
import { readHousekeeping } from '../../../db/housekeeping/runs.ts';
import { amount } from '../../../model/telemetry/health/amount.ts';
import { targets } from '../../../model/telemetry/targets.ts';
import { ok, warning, type Check, type Found } from '../check.ts';
import { databaseNotUsable } from './not-looked-at.ts';

/** Whether what is old is removed, and whether the processes have room on their disks. */
export const housekeepingCheck: Check = {
  name: 'housekeeping',
  async look({ db }) {
    if (db === null) return [databaseNotUsable('Housekeeping')];
    try {
      return [runFinding(await readHousekeeping(db)), ...diskFindings(await listDisks(db))];
    } catch {
      // The check of the database says why, and also whether it lacks the tables.
      return [databaseNotUsable('Housekeeping')];
    }
  },
};

function runFinding({
  lastRun,
  sinceGoodRun,
}: Awaited<ReturnType<typeof readHousekeeping>>): Found {
  const ago = amount(sinceGoodRun, 'seconds');
  if (sinceGoodRun > targets.housekeepingAge)
    return warning(
      `What is old has not been removed for ${ago}.${failuresOf(lastRun)}`,
      'Start a worker if none runs, and look at the Schedule and the workflow `housekeeping` in Temporal: see docs/runbook.md#gitward_housekeeping_late.',
    );
  if (lastRun === null) return ok('Nothing old has been removed yet: that happens every hour.');
  return lastRun.outcome === 'failed'
    ? warning(
        `The last removal of what is old failed.${failuresOf(lastRun)}`,
        'Wait an hour for the next one; if it fails too, mend what it says.',
      )
    : ok(`What is old was removed ${ago} ago.`);
}

function failuresOf(run: { failures: { kind: string; message: string }[] } | null): string {
  return (run?.failures ?? []).map(({ kind, message }) => ` ${kind}: ${message}.`).join('');
}

function diskFindings(disks: Awaited<ReturnType<typeof listDisks>>): Found[] {
  return disks
    .filter(({ isNearlyFull }) => isNearlyFull)
    .map(({ host, directory }) =>
      warning(
        `The disk of ${directory} on ${host} is nearly full: no new caches and clones are kept there.`,
        'Make room there, or set GITWARD_DATA_DIR to a folder on a larger disk.',
      ),
    );
}
