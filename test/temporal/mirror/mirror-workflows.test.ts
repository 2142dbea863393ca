import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { connectTemporal } from '../../../temporal/connect.ts';
import { createMirrorWorkflows } from '../../../temporal/mirror/create-mirror-workflows.ts';
import { TemporalUnavailable } from '../../../temporal/mirror/mirror-workflows.ts';
import {
  ensureSearchAttributes,
  SearchAttributesMissing,
} from '../../../temporal/search-attributes.ts';
import { namespaceEnvironment } from '../../support/temporal.ts';
import { silentTemporal } from '../silent-temporal.ts';

const timings = { window: 30_000, retryInterval: 300_000, escalateAfter: 10_800_000 };
const { IndexedValueType } = proto.temporal.api.enums.v1;
let server: TestWorkflowEnvironment;

beforeAll(async () => {
  server = await namespaceEnvironment();
});
afterAll(() => server.teardown());

function workflows(catchUpInterval = 900_000) {
  return createMirrorWorkflows({
    client: server.client,
    timings: { ...timings, catchUpInterval, watchedCatchUpInterval: 21_600_000 },
  });
}

test("a signal starts the mirror's workflow if it is not running, and otherwise reaches it", async () => {
  const mirror = { projectId: 'p1', branchId: '7' };
  await workflows().signal(mirror, 'doorbell');
  await workflows().signal(mirror, 'syncNow');
  const handle = server.client.workflow.getHandle('mirror/p1/7');
  const found = await handle.describe();
  expect(found.type).toBe('mirrorWorkflow');
  expect(await found.staticSummary()).toBe('Mirror of project p1, branch 7');
  expect(
    Object.fromEntries(
      found.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    ),
  ).toEqual({
    GitwardProject: 'p1',
    GitwardBranch: '7',
  });
  const { events } = await handle.fetchHistory();
  const signals = (events ?? []).flatMap(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? [],
  );
  expect(signals).toEqual(['doorbell', 'syncNow']);
  const started = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  expect(JSON.parse(Buffer.from(started ?? []).toString())).toEqual({ ...mirror, timings });
  await handle.terminate();
});

test('the catch-up Schedule is created once, follows the settings, and stays paused if it was paused', async () => {
  const handle = server.client.schedule.getHandle('catch-up/p2');
  await workflows(900_000).ensureSchedules('p2', { watched: false });
  await workflows(900_000).ensureSchedules('p2', { watched: false });
  expect((await handle.describe()).spec).toMatchObject({
    intervals: [{ every: 900_000 }],
    jitter: 900_000,
  });
  await handle.pause('maintenance');
  await workflows(60_000).ensureSchedules('p2', { watched: false });
  const changed = await handle.describe();
  expect(changed.spec).toMatchObject({ intervals: [{ every: 60_000 }], jitter: 60_000 });
  expect(changed.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 60_000 });
  expect(changed.state.paused).toBe(true);
  await workflows(60_000).ensureSchedules('p2', { watched: true });
  expect((await handle.describe()).spec).toMatchObject({ intervals: [{ every: 21_600_000 }] });
  await workflows().removeSchedules('p2');
  await expect(handle.describe()).rejects.toThrow();
  await workflows().removeSchedules('p2');
});

test('the health check reports a Temporal without a worker', async () => {
  expect(await workflows().health()).toEqual({ temporal: true, worker: false });
});

test('a call to a Temporal that does not answer fails within the deadline', async () => {
  const away = createMirrorWorkflows({
    client: await silentTemporal(),
    timings: { ...timings, catchUpInterval: 1_000, watchedCatchUpInterval: 1_000 },
    deadline: 500,
  });
  await expect(away.signal({ projectId: 'p', branchId: '1' }, 'doorbell')).rejects.toThrow(
    TemporalUnavailable,
  );
  expect(await away.health()).toEqual({ temporal: false, worker: false });
});

test('missing search attributes are registered, and registering them again does no harm', async () => {
  const namespace = 'bare';
  await server.client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const connection = connectTemporal({ namespace, connection: { address: server.address } });
  // The server caches its own view of a namespace for some seconds.
  await expect
    .poll(
      () =>
        ensureSearchAttributes(connection.client).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  await ensureSearchAttributes(connection.client);
  const { customAttributes } =
    await connection.client.connection.operatorService.listSearchAttributes({
      namespace,
    });
  expect(Object.keys(customAttributes)).toEqual(
    expect.arrayContaining(['GitwardOutageSince', 'GitwardProject', 'GitwardWaiting']),
  );
  await connection.close();
});

test('a search attribute of another type is reported', async () => {
  const namespace = 'other';
  await server.client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const connection = connectTemporal({ namespace, connection: { address: server.address } });
  const add = () =>
    connection.client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { GitwardWaiting: IndexedValueType.INDEXED_VALUE_TYPE_TEXT },
    });
  await expect
    .poll(
      () =>
        add().then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  await expect(ensureSearchAttributes(connection.client)).rejects.toThrow(SearchAttributesMissing);
  await connection.close();
});
