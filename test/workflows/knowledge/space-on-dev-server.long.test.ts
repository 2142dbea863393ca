import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { spaceWorkflow } from '../../../workflows/index.ts';
import { doorbell, spaceChanged } from '../../../workflows/messages.ts';
import { devServerEnvironment } from '../../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../../support/workflow-bundle.ts';
import { ScriptedSpaceActivities } from './scripted-space-activities.ts';

// Tests of what the time-skipping server cannot show, on the real server with short intervals.
const timings = { window: 100, pollInterval: 300, retryInterval: 500, escalateAfter: 60_000 };
const patience = { timeout: 90_000, interval: 100 };

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  quietRuntime();
  environment = await devServerEnvironment([
    '--dynamic-config-value',
    'limit.historyCount.suggestContinueAsNew=60',
  ]);
});
afterAll(() => environment.teardown());

async function startSpace(world: ScriptedSpaceActivities) {
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: world.activities(),
  });
  const workflowId = `space/${randomUUID()}`;
  const { firstExecutionRunId } = await environment.client.workflow.start<typeof spaceWorkflow>(
    'spaceWorkflow',
    { taskQueue, workflowId, args: [{ spaceId: 'sales', timings }] },
  );
  const running = worker.run();
  // Without a run id, the handle follows the newest run.
  const space = environment.client.workflow.getHandle<typeof spaceWorkflow>(workflowId);
  return {
    space,
    firstRunId: firstExecutionRunId,
    end: async () => {
      world.ended = true;
      await space.signal(spaceChanged);
      await space.result();
      worker.shutdown();
      await running;
    },
  };
}

it('continues as new when its history is long, without losing a save or a poll', async () => {
  const world = new ScriptedSpaceActivities();
  const { space, firstRunId, end } = await startSpace(world);
  let saves = 0;
  while ((await space.describe()).runId === firstRunId && saves < 60) {
    saves += 1;
    world.waitingSaves += 1;
    if (world.waitingSaves === 1) await space.signal(doorbell);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect((await space.describe()).runId).not.toBe(firstRunId);
  await vi.waitFor(() => expect(world.deliveredSaves).toBe(saves), patience);
  const before = world.syncs.length;
  await vi.waitFor(() => expect(world.syncs.length).toBeGreaterThan(before + 10), patience);
  // A new run reads the row once, and does not look at the branch for that reason.
  expect(world.reads).toBeGreaterThan(2);
  await end();
});

it('shows its state in search attributes, but no state that only lasts a moment', async () => {
  const world = new ScriptedSpaceActivities();
  const { space, end } = await startSpace(world);
  await vi.waitFor(() => expect(world.syncs.length).toBeGreaterThan(2), patience);
  world.waitingSaves = 1;
  await space.signal(doorbell);
  await vi.waitFor(() => expect(world.deliveredSaves).toBe(1), patience);
  const { events } = await space.fetchHistory();
  const upserts = (events ?? []).filter(
    (event) => event.upsertWorkflowSearchAttributesEventAttributes != null,
  );
  expect(upserts).toHaveLength(1);
  world.remote = 'credential_refused';
  // A run that continued as new stays in the list with the state it had.
  const query = `ExecutionStatus = 'Running' AND GitwardState = 'retrying' AND GitwardOutageSince IS NOT NULL AND WorkflowId = '${space.workflowId}'`;
  await vi.waitFor(async () => {
    const found = [];
    for await (const execution of environment.client.workflow.list({ query }))
      found.push(execution);
    expect(found).toHaveLength(1);
  }, patience);
  world.remote = 'works';
  await end();
});
