import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { classified } from '../../../activities/streams/execution.ts';
import { ChangedMeanwhile, StreamFailure } from '../../../model/streams/errors.ts';

const quiet = new DefaultLogger('ERROR');

/** Runs an activity that fails with this error, as a worker does at this attempt. */
function run(error: Error, attempt: number): Promise<never> {
  const activity = classified((): Promise<never> => Promise.reject(error));
  return new MockActivityEnvironment({ attempt }, { logger: quiet }).run(activity, null);
}

it('does not let Temporal retry a classified failure', async () => {
  await expect(run(new StreamFailure('branch_gone', 'Gone.'), 1)).rejects.toMatchObject({
    type: 'branch_gone',
    message: 'Gone.',
    nonRetryable: true,
  });
});

it('retries soon after a concurrent change, and later as the retry policy says', async () => {
  const changed = new ChangedMeanwhile('Space s');
  await expect(run(changed, 1)).rejects.toMatchObject({
    type: 'ChangedMeanwhile',
    message: 'Space s changed while it was being worked on.',
    nonRetryable: false,
    nextRetryDelay: '100 milliseconds',
  });
  await expect(run(changed, 2)).rejects.toBe(changed);
});
