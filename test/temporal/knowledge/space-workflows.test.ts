import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createSpaceWorkflows } from '../../../temporal/knowledge/create-space-workflows.ts';
import { TemporalUnavailable } from '../../../temporal/mirror/mirror-workflows.ts';
import { namespaceEnvironment } from '../../support/temporal.ts';
import { silentTemporal } from '../silent-temporal.ts';

const timings = {
  window: 3_000,
  pollInterval: 60_000,
  retryInterval: 300_000,
  escalateAfter: 10_800_000,
};
let server: TestWorkflowEnvironment;

beforeAll(async () => {
  server = await namespaceEnvironment();
});
afterAll(() => server.teardown());

function spaces() {
  return createSpaceWorkflows({ client: server.client, timings });
}

async function signalsOf(workflowId: string): Promise<string[]> {
  const { events } = await server.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? [],
  );
}

test("a signal starts the space's workflow if it is not running, and otherwise reaches it", async () => {
  await spaces().signal('sales', 'doorbell');
  await spaces().signal('sales', 'syncNow');
  const handle = server.client.workflow.getHandle('space/sales');
  const found = await handle.describe();
  expect(found.type).toBe('spaceWorkflow');
  expect(await found.staticSummary()).toBe('Knowledge space sales');
  expect(found.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual([
    ['GitwardSpace', 'sales'],
  ]);
  expect(await signalsOf('space/sales')).toEqual(['doorbell', 'syncNow']);
  const { events } = await handle.fetchHistory();
  const started = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  expect(JSON.parse(Buffer.from(started ?? []).toString())).toEqual({ spaceId: 'sales', timings });
  await handle.terminate();
});

test('an operation is started once, and again if its workflow was lost', async () => {
  const handle = server.client.workflow.getHandle('operation/o1');
  await spaces().runOperation('o1');
  const first = (await handle.describe()).runId;
  await spaces().runOperation('o1');
  expect((await handle.describe()).runId).toBe(first);
  await handle.terminate();
  await spaces().runOperation('o1');
  const again = await handle.describe();
  expect(again.runId).not.toBe(first);
  expect(again.status.name).toBe('RUNNING');
  await handle.terminate();
});

test('a running operation is cancelled, and a lost one is started in order to be cancelled', async () => {
  await spaces().runOperation('o2');
  const { runId } = await server.client.workflow.getHandle('operation/o2').describe();
  await spaces().cancelOperation('o2');
  expect(await signalsOf('operation/o2')).toEqual(['cancelOperation']);
  expect((await server.client.workflow.getHandle('operation/o2').describe()).runId).toBe(runId);
  await spaces().cancelOperation('o3');
  expect(await signalsOf('operation/o3')).toEqual(['cancelOperation']);
  for (const id of ['o2', 'o3'])
    await server.client.workflow.getHandle(`operation/${id}`).terminate();
});

test('an operation is notified about its space only if it is running, and is not started for that', async () => {
  await expect(spaces().tellOperation('o4')).rejects.toThrow(TemporalUnavailable);
  await spaces().runOperation('o4');
  await spaces().tellOperation('o4');
  expect(await signalsOf('operation/o4')).toEqual(['spaceTurned']);
  await server.client.workflow.getHandle('operation/o4').terminate();
});

test('a call to a Temporal that does not answer fails within the deadline', async () => {
  const away = createSpaceWorkflows({ client: await silentTemporal(), timings, deadline: 500 });
  for (const call of [
    () => away.signal('sales', 'doorbell'),
    () => away.runOperation('o'),
    () => away.cancelOperation('o'),
    () => away.tellOperation('o'),
  ])
    await expect(call()).rejects.toThrow(TemporalUnavailable);
});
