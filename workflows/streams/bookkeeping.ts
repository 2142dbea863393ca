import { proxyActivities } from '@temporalio/workflow';
import type { StreamActivities } from '../../activities/streams/contract.ts';

/** What the database has to know of outages. It must not be lost: it is retried until the database answers. */
export const bookkeeping = proxyActivities<
  Pick<StreamActivities, 'recordFailure' | 'escalateOutage' | 'endOutage'>
>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
