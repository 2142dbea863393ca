import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HousekeepingActivities } from '../../../activities/housekeeping/contract.ts';
import { removedKinds, type HousekeepingRun } from '../../../model/housekeeping/run.ts';
import type { housekeepingWorkflow } from '../../../workflows/index.ts';
import { housekeepingStatusQuery } from '../../../workflows/messages.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';

let environment: TestWorkflowEnvironment;
let worker: StoryWorker<HousekeepingActivities>;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
  const nothing = () => Promise.reject(new Error('not scripted'));
  worker = await startStoryWorker<HousekeepingActivities>(environment, {
    removeOldRows: nothing,
    noteHousekeeping: nothing,
  });
});
afterAll(async () => {
  await worker.stop();
  await environment.teardown();
});

/** Runs housekeeping with this activity; returns what it noted. */
async function run(removeOldRows: HousekeepingActivities['removeOldRows']) {
  const noted: HousekeepingRun[] = [];
  const workflowId = randomUUID();
  const activities: HousekeepingActivities = {
    removeOldRows,
    noteHousekeeping: (one) => Promise.resolve(void noted.push(one)),
  };
  const { taskQueue } = worker;
  const result = await worker.run(workflowId, activities, () =>
    environment.client.workflow.execute<typeof housekeepingWorkflow>('housekeepingWorkflow', {
      ...{ taskQueue, workflowId, args: [] },
    }),
  );
  const status = await environment.client.workflow
    .getHandle<typeof housekeepingWorkflow>(workflowId)
    .query(housekeepingStatusQuery);
  expect(noted).toEqual([result]);
  return { result, status };
}

it('removes kind after kind, each until nothing is left, and notes what it removed', async () => {
  const asked: string[] = [];
  const { result, status } = await run(({ kind, cursor }) => {
    asked.push(cursor === null ? kind : `${kind} from ${cursor.join('/')}`);
    if (kind !== 'changes') return Promise.resolve({ removed: 0, cursor: null });
    return Promise.resolve(
      cursor === null
        ? { removed: 700, cursor: ['p', '1', 'again'] }
        : { removed: 3, cursor: null },
    );
  });
  const [first, ...others] = removedKinds;
  expect(asked).toEqual([first, 'changes from p/1/again', ...others]);
  expect(result).toMatchObject({ outcome: 'done', removed: { changes: 703 }, failures: [] });
  expect(status).toEqual({ kind: null, removed: { changes: 703 } });
});

it('goes on with the others when a kind cannot be removed, and says which and why', async () => {
  const { result } = await run(({ kind }) =>
    kind === 'saves'
      ? Promise.reject(ApplicationFailure.nonRetryable('the disk of the database is full'))
      : Promise.resolve({ removed: 1, cursor: null }),
  );
  expect(result.outcome).toBe('failed');
  expect(result.failures).toEqual([{ kind: 'saves', message: 'the disk of the database is full' }]);
  expect(Object.keys(result.removed)).toEqual(removedKinds.filter((kind) => kind !== 'saves'));
});

it('ends when its time is over, for the next run to go on', async () => {
  let calls = 0;
  const { result } = await run(() => {
    // Each takes ten minutes: the time between its two attempts.
    if (Context.current().info.attempt === 1)
      throw ApplicationFailure.create({ message: 'busy', nextRetryDelay: '10m' });
    calls += 1;
    return Promise.resolve({ removed: 1, cursor: ['p', '1', 'again'] });
  });
  expect(result).toMatchObject({ outcome: 'unfinished', removed: { changes: calls } });
  expect(calls).toBe(5);
});
