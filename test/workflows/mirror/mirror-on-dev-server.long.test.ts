import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { mirrorWorkflow } from '../../../workflows/index.ts';
import { doorbell, mirrorChanged, statusQuery } from '../../../workflows/messages.ts';
import { devServerEnvironment } from '../../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../../support/workflow-bundle.ts';
import { ScriptedActivities } from './scripted-activities.ts';

// Tests of what the time-skipping server cannot show, on the real server with short intervals.
const timings = { window: 200, retryInterval: 500, escalateAfter: 2_500 };
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

async function startMirror(world: ScriptedActivities) {
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: world.activities(),
  });
  const workflowId = `mirror/7/${randomUUID()}`;
  const mirror = await environment.client.workflow.start<typeof mirrorWorkflow>('mirrorWorkflow', {
    taskQueue,
    workflowId,
    args: [{ projectId: '7', branchId: '1', timings }],
  });
  const running = worker.run();
  return {
    mirror,
    workflowId,
    end: async () => {
      world.ended = true;
      world.remote = 'works';
      await environment.client.workflow.getHandle(workflowId).signal(mirrorChanged);
      await environment.client.workflow.getHandle(workflowId).result();
      worker.shutdown();
      await running;
    },
  };
}

it('escalates during an attempt that hangs', async () => {
  const world = new ScriptedActivities();
  const { mirror, end } = await startMirror(world);
  await vi.waitFor(() => expect(world.deliveries).toHaveLength(1), patience);
  world.remote = 'repository_unreachable';
  world.pendingChanges = 1;
  await mirror.signal(doorbell);
  await vi.waitFor(() => expect(world.outage).not.toBeNull(), patience);
  world.remote = 'hangs';
  await vi.waitFor(() => expect(world.notices).toEqual(['escalated']), patience);
  expect(world.deliveries.at(-1)?.result).toBe('hangs');
  expect((await mirror.query(statusQuery)).runAttempt).not.toBeNull();
  world.release();
  world.remote = 'works';
  await vi.waitFor(() => expect(world.notices).toEqual(['escalated', 'recovered']), patience);
  await end();
});

it('continues as new when its history is long, without losing a change', async () => {
  const world = new ScriptedActivities();
  const { mirror, workflowId, end } = await startMirror(world);
  const first = (await mirror.describe()).runId;
  let sent = 0;
  const latest = () => environment.client.workflow.getHandle(workflowId);
  while ((await latest().describe()).runId === first && sent < 60) {
    sent += 1;
    world.pendingChanges += 1;
    if (world.pendingChanges === 1) await latest().signal(doorbell);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect((await latest().describe()).runId).not.toBe(first);
  await vi.waitFor(() => expect(world.pendingChanges + world.waitingBatches).toBe(0), patience);
  await end();
});

it('shows its state in search attributes', async () => {
  const world = new ScriptedActivities();
  world.remote = 'credential_refused';
  const { workflowId, end } = await startMirror(world);
  await vi.waitFor(async () => {
    const found = [];
    // A run that continued as new stays in the list with the state it had.
    const query = `ExecutionStatus = 'Running' AND GitwardState = 'retrying' AND GitwardOutageSince IS NOT NULL AND WorkflowId = '${workflowId}'`;
    for await (const execution of environment.client.workflow.list({ query }))
      found.push(execution);
    expect(found).toHaveLength(1);
  }, patience);
  await end();
});
