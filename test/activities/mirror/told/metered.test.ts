import { afterEach, expect, it } from 'vitest';
import { activitiesUnderTest, customers, orders } from '../../activities-under-test.ts';

const under = await activitiesUnderTest();

afterEach(() => {
  under.meter.deliveries.length = 0;
  under.meter.retries.length = 0;
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

/** What was counted, without its times. */
const counted = () =>
  under.meter.deliveries.map(({ branchId, commits, changes }) => ({
    branchId,
    commits: commits.map(({ eventType }) => eventType),
    changes: changes.map(({ eventType }) => eventType),
  }));

it('counts what was read back: a commit for each window, and how long each change took', async () => {
  const mirror = await under.settledMirror();
  expect(counted()).toEqual([{ branchId: '1000', commits: ['none'], changes: [] }]);
  expect(under.meter.deliveries[0]?.commits).toEqual([{ eventType: 'none', sinceWindow: null }]);
  under.meter.deliveries.length = 0;

  await mirror.accept(mirror.platform.change(orders, { at: ago(50) }));
  await mirror.accept(mirror.platform.change(customers, { at: ago(40) }));
  await mirror.window();
  // A window counts nothing: it is not in Git yet.
  expect(counted()).toEqual([]);
  await mirror.deliver();
  const two = ['config_changed', 'config_changed'];
  expect(counted()).toEqual([{ branchId: '1000', commits: ['config_changed'], changes: two }]);
  const [delivery] = under.meter.deliveries;
  expect(delivery?.repositoryUrl).toBe(under.server.url(`mirror-${mirror.key.projectId}`));
  const [first, second] = delivery?.changes.map(({ sinceEvent }) => sinceEvent) ?? [];
  expect(first).toBeGreaterThanOrEqual(50);
  expect(first).toBeLessThan(80);
  expect(second).toBeGreaterThanOrEqual(40);
  expect(delivery?.commits[0]?.sinceWindow).toBeGreaterThan(0);
  expect(delivery?.commits[0]?.sinceWindow).toBeLessThan(30);
  expect(await mirror.batches()).toMatchObject([
    { eventType: 'none' },
    { eventType: 'config_changed' },
  ]);
});

it('counts a push whose worker was lost once, when the next attempt finds it', async () => {
  const mirror = await under.settledMirror();
  under.meter.deliveries.length = 0;
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await mirror.deliverAndLoseWorker();
  expect(counted()).toEqual([]);
  under.hooks.afterPush = null;
  await mirror.deliver();
  await mirror.deliver();
  expect(counted().filter(({ commits }) => commits.length > 0)).toEqual([
    { branchId: '1000', commits: ['config_changed'], changes: ['config_changed'] },
  ]);
});

it('counts no latency below 0 for a change from a clock that is ahead', async () => {
  const mirror = await under.settledMirror();
  under.meter.deliveries.length = 0;
  await mirror.accept(mirror.platform.change(orders, { at: ago(-250) }));
  await mirror.window();
  await mirror.deliver();
  expect(under.meter.deliveries[0]?.changes).toEqual([
    { eventType: 'config_changed', sinceEvent: 0 },
  ]);
});

it('counts the changes that a full render delivers', async () => {
  const mirror = await under.settledMirror();
  under.meter.deliveries.length = 0;
  await mirror.accept(mirror.platform.change(orders, { at: ago(10) }));
  await mirror.mark('adopt');
  await mirror.deliver();
  expect(counted()).toEqual([
    { branchId: '1000', commits: ['config_changed'], changes: ['config_changed'] },
  ]);
});

it('counts attempts from the second on, with how many had failed before', async () => {
  const { activities, meter } = under;
  for (const stream of ['mirror/metered/1', 'space/metered'] as const) {
    meter.retries.length = 0;
    const fail = (seconds: number) =>
      activities.recordFailure({
        ...{ stream, lane: 'repository', code: 'repository_unreachable', message: 'Away.' },
        attemptStartedAt: ago(seconds).toISOString(),
        nextAttemptAt: new Date().toISOString(),
      });
    const { id: outageId } = await fail(300);
    expect(meter.retries).toEqual([]);
    await fail(200);
    await fail(100);
    await activities.endOutage({ outageId });
    // Temporal calls it again if it did not hear the answer.
    await activities.endOutage({ outageId });
    const queue = stream.startsWith('mirror/') ? 'mirrors' : 'spaces';
    expect(meter.retries).toEqual([
      { queue, count: 1, outcome: 'failed' },
      { queue, count: 2, outcome: 'failed' },
      { queue, count: 3, outcome: 'succeeded' },
    ]);
  }
});
