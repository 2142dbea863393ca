import { expect, it } from 'vitest';
import { recordFailure } from '../../../db/streams/outages.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

function failure(stream: string) {
  return {
    stream,
    lane: 'repository' as const,
    attemptStartedAt: new Date().toISOString(),
    nextAttemptAt: new Date(Date.now() + 60_000).toISOString(),
    code: 'repository_unreachable' as const,
    message: 'It is away.',
  };
}

it('tells a workflow what is waiting and what was found out before', async () => {
  const mirror = await under.settledMirror();
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await mirror.accept(mirror.platform.change(orders));
  const { id } = await recordFailure(under.db, failure(mirror.stream));
  expect(await under.activities.readMirror(mirror.key)).toMatchObject({
    active: true,
    ended: false,
    initialized: true,
    pendingChanges: 1,
    undeliveredChanges: 2,
    waitingBatches: 1,
    outages: [{ id, attempts: 1 }],
  });
});

it('counts a failure once if it is reported twice', async () => {
  const mirror = await under.settledMirror();
  const attempt = failure(mirror.stream);
  const first = await recordFailure(under.db, attempt);
  expect(await recordFailure(under.db, attempt)).toMatchObject({ id: first.id, attempts: 1 });
  const later = new Date(Date.now() + 1_000).toISOString();
  expect(await recordFailure(under.db, { ...attempt, attemptStartedAt: later })).toMatchObject({
    id: first.id,
    attempts: 2,
    since: first.since,
  });
});

it('reports a mirror that does not exist as ended', async () => {
  const nobody = { projectId: 'nobody', branchId: '1' };
  expect(await under.activities.readMirror(nobody)).toMatchObject({ ended: true, active: false });
  expect(await under.run(() => under.activities.deliver(nobody))).toMatchObject({ commits: 0 });
});

it('forgets outages from before a mirror was ended', async () => {
  const mirror = await under.settledMirror();
  await recordFailure(under.db, failure(mirror.stream));
  await mirror.mark('end');
  await mirror.put({});
  expect(await under.activities.readMirror(mirror.key)).toMatchObject({
    ended: false,
    outages: [],
  });
});

it('keeps the time of the first escalation, and escalates nothing after the end of the outage', async () => {
  const mirror = await under.settledMirror();
  const { id: outageId } = await recordFailure(under.db, failure(mirror.stream));
  const first = await under.activities.escalateOutage({ outageId });
  const again = await under.activities.escalateOutage({ outageId });
  expect(again?.escalatedAt).toBe(first?.escalatedAt);
  expect(await under.activities.endOutage({ outageId })).toEqual({ notices: [] });
  expect(await under.activities.escalateOutage({ outageId })).toBeNull();
});
