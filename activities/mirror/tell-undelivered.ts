import { followUndelivered } from '../../db/mirror/followed-changes.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import { changeFields } from '../../telemetry/log-fields.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** More changes than this are not told of because of one failure. */
const mostTold = 1_000;

/** What fails is told whole: makes up for the waiting changes that the log had left out, and has it tell of all of them. */
export async function tellUndelivered(
  { db, logger }: Pick<ActivityDependencies, 'db' | 'logger'>,
  key: MirrorKey,
): Promise<void> {
  for (const change of await followUndelivered(db, key, mostTold))
    logger.info({ ...changeFields(change), received_at: change.receivedAt }, 'Accepted earlier');
}
