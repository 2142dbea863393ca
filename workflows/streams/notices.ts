import { log, proxyActivities } from '@temporalio/workflow';
import type { StreamActivities } from '../../activities/streams/contract.ts';
import type { NoticeName } from '../../model/streams/outage.ts';
import { onQueueOf } from './activity-queues.ts';
import { noticeSummaries } from './story.ts';

// A dead mail server is retried for a day.
const { notifyAdmins } = proxyActivities<StreamActivities>({
  ...onQueueOf('notices'),
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '30s', maximumInterval: '15m' },
});

/** What admins are told of a stream's outages. */
export class Notices {
  #underWay = 0;

  /** Whether admins are being told something right now. */
  get underWay(): boolean {
    return this.#underWay > 0;
  }

  /** Tells the admins, detached: nothing waits for it, and the database keeps it from telling twice. */
  send(notice: NoticeName): void {
    this.#underWay += 1;
    void notifyAdmins
      .executeWithOptions({ summary: noticeSummaries[notice.kind] }, [notice])
      .catch((error: unknown) => {
        log.error('The admins could not be told', { ...notice, error: String(error) });
      })
      .finally(() => {
        this.#underWay -= 1;
      });
  }
}
