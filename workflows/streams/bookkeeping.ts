import { proxyActivities } from '@temporalio/workflow';
import type { StreamActivities } from '../../activities/streams/contract.ts';

/** Records outages in the database. They must not be lost: it is retried until the database responds. */
export const bookkeeping = proxyActivities<
  Pick<StreamActivities, 'recordFailure' | 'escalateOutage' | 'endOutage'>
>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
