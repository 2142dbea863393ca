import { log, proxyActivities } from '@temporalio/workflow';
import type { StreamActivities } from '../../activities/streams/contract.ts';
import type { NoticeName } from '../../model/streams/outage.ts';
import { onQueueOf } from './activity-queues.ts';
import { noticeSummaries } from './story.ts';

// If the mail server is down, this is retried for a day.
const { notifyAdmins } = proxyActivities<StreamActivities>({
  ...onQueueOf('notices'),
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '30s', maximumInterval: '15m' },
});

/** Notifies admins of a stream's outages. */
export class Notices {
  #underWay = 0;

  /** Whether a notice is being sent right now. */
  get underWay(): boolean {
    return this.#underWay > 0;
  }

  /** Notifies the admins in the background: nothing waits for it, and the database prevents sending a notice twice. */
  send(notice: NoticeName): void {
    this.#underWay += 1;
    void notifyAdmins
      .executeWithOptions({ summary: noticeSummaries[notice.kind] }, [notice])
      .catch((error: unknown) => {
        log.error('The admins could not be notified', {
          ...{ outage_id: notice.outageId, notice: notice.kind },
          error: String(error),
        });
      })
      .finally(() => {
        this.#underWay -= 1;
      });
  }
}
