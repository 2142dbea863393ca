import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createHousekeeping } from '../../../temporal/housekeeping/create-housekeeping.ts';
import { namespaceEnvironment } from '../../support/temporal.ts';

let server: TestWorkflowEnvironment;

beforeAll(async () => {
  server = await namespaceEnvironment();
});
afterAll(() => server.teardown());

test('the Schedule is created once, never runs twice at a time, and stays paused if it was paused', async () => {
  const housekeeping = createHousekeeping(server);
  await Promise.all([housekeeping.ensureSchedule(), housekeeping.ensureSchedule()]);
  const handle = server.client.schedule.getHandle('housekeeping');
  await handle.pause('maintenance');
  await housekeeping.ensureSchedule();
  const { spec, policies, action, state } = await handle.describe();
  expect(spec).toMatchObject({ intervals: [{ every: 3_600_000 }], jitter: 3_600_000 });
  expect(policies.overlap).toBe('SKIP');
  expect(action).toMatchObject({
    workflowType: 'housekeepingWorkflow',
    workflowId: 'housekeeping',
    taskQueue: 'gitward',
  });
  expect(state.paused).toBe(true);
});
