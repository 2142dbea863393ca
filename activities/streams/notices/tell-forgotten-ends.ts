import { listForgottenEnds } from '../../../db/streams/notices/unsent.ts';
import { notifyAdmins } from './notify-admins.ts';
import type { NotifyDependencies } from './notify-dependencies.ts';

/**
 * Tells of ends that nobody else tells of: a message told of several outages, and the last of those that lasted was paused, ended
 * or removed. What cannot be sent now is tried again in the next round.
 */
export async function tellForgottenEnds(deps: NotifyDependencies): Promise<void> {
  for (const notice of await listForgottenEnds(deps.db)) {
    try {
      await notifyAdmins(deps, notice);
    } catch (err) {
      deps.logger.warn(
        { err, outage_id: notice.outageId, notice: notice.kind },
        'A notice is sent again later',
      );
    }
  }
}
