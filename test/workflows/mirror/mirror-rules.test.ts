import { beforeEach, describe, expect, it } from 'vitest';
import type {
  DeliverResult,
  MirrorView,
  OpenBatchResult,
  MirrorCounts,
} from '../../../activities/mirror/contract.ts';
import type { MirrorCarried } from '../../../workflows/messages.ts';
import { MirrorRules } from '../../../workflows/mirror/mirror-rules.ts';
import { outageOf } from '../streams/outage-of.ts';

const T0 = Date.parse('2026-05-01T12:00:00.000Z');
const SECOND = 1_000;
const timings = {
  window: 30 * SECOND,
  retryInterval: 300 * SECOND,
  escalateAfter: 10_800 * SECOND,
};
const mirror = { projectId: '7', branchId: '1' };

const nothingWaits: MirrorCounts = {
  active: true,
  pendingChanges: 0,
  undeliveredChanges: 0,
  waitingBatches: 0,
  resync: false,
};
const quiet: MirrorView = {
  ...nothingWaits,
  ended: false,
  paused: false,
  initialized: true,
  outages: [],
  unsentNotices: [],
};
const nothingCarried: MirrorCarried = {
  windowOpenedAt: null,
  windowClosesAt: null,
  rung: false,
  syncWanted: false,
  catchUpWanted: false,
  deliverWanted: false,
};

function made(counts: Partial<MirrorCounts> = {}): OpenBatchResult {
  return { batchId: 'b', changes: 1, files: 1, ...nothingWaits, ...counts };
}

function sent(counts: Partial<MirrorCounts> = {}): DeliverResult {
  return { tip: 'f'.repeat(40), commits: 1, ...nothingWaits, ...counts };
}

/** A mirror's rules in a later run, to which only `carried` is carried over. */
function started(view: Partial<MirrorView> = {}, carried: Partial<MirrorCarried> = {}) {
  let windows = 0;
  const input = { ...mirror, timings, carried: { ...nothingCarried, ...carried } };
  const rules = new MirrorRules(input, () => `window-${(windows += 1)}`);
  rules.start({ ...quiet, ...view }, T0);
  return rules;
}

let rules: MirrorRules;
beforeEach(() => {
  rules = started();
});

describe('a run', () => {
  it.each([
    ['the first run', undefined, {}, true],
    ['a later run', nothingCarried, {}, false],
    ['a later run in an outage', nothingCarried, { outages: [outageOf()] }, true],
    ['a later run with a waiting batch', nothingCarried, { waitingBatches: 1 }, true],
    ['a later run with a waiting resync', nothingCarried, { resync: true }, true],
    [
      'a later run with a signal that was carried over',
      { ...nothingCarried, deliverWanted: true },
      {},
      true,
    ],
  ])('decides at its start whether to look at the repository: %s', (_, carried, view, wanted) => {
    const input = { ...mirror, timings, ...(carried && { carried }) };
    const begun = new MirrorRules(input, () => 'w');
    begun.start({ ...quiet, ...view }, T0);
    expect(begun.deliveryWanted).toBe(wanted);
  });

  it('takes the outages from the database, each for its lane, and tries at once', () => {
    const outage = outageOf({ lane: 'source' });
    const { lanes } = started({ outages: [outage] });
    expect(lanes.source).toMatchObject({ outage, retryWanted: true });
    expect(lanes.repository).toMatchObject({ outage: null, retryWanted: false });
  });

  it('that continues another waits for the next attempt, unless that one was asked to try', () => {
    const view = { outages: [outageOf()] };
    const waiting = started(view, { retryWanted: false });
    expect(waiting.lanes.repository.retryWanted).toBe(false);
    expect(waiting.carried.retryWanted).toBe(false);
    waiting.retry();
    expect(waiting.carried.retryWanted).toBe(true);
    expect(started(view, waiting.carried).lanes.repository.retryWanted).toBe(true);
  });

  it('ends if the mirror has ended', () => {
    expect(started({ ended: true }).ended).toBe(true);
    expect(started({ ended: true }).status().state).toBe('ended');
  });
});

describe('a window', () => {
  it('opens at the first doorbell, and later ones do not move its end', () => {
    expect(rules.deadline()).toBeNull();
    rules.doorbell(T0 + 5 * SECOND);
    rules.doorbell(T0 + 20 * SECOND);
    expect(rules.deadline()).toEqual({
      at: T0 + 35 * SECOND,
      summary: 'Collect changes for 30 s',
    });
    expect(rules.status().windowClosesAt).toBe('2026-05-01T12:00:35.000Z');
  });

  it.each([
    ['sync', (now: number) => rules.sync(now), false],
    ['a catch-up', (now: number) => rules.catchUp(now), true],
  ])('ends at once for %s, even if none was open', (_, ask, catchUp) => {
    const now = T0 + 12 * SECOND;
    ask(now);
    expect(rules.deadline()?.at).toBeLessThanOrEqual(now);
    rules.deadlineReached(now);
    expect(rules.batchToMake?.input).toMatchObject({
      catchUp,
      closedAt: '2026-05-01T12:00:12.000Z',
    });
  });

  it('is cut short by a sync, and keeps its opening time', () => {
    rules.doorbell(T0);
    rules.sync(T0 + 10 * SECOND);
    expect(rules.deadline()?.at).toBeLessThanOrEqual(T0 + 10 * SECOND);
    rules.deadlineReached(T0 + 10 * SECOND);
    expect(rules.batchToMake?.input).toMatchObject({
      openedAt: '2026-05-01T12:00:00.000Z',
      closedAt: '2026-05-01T12:00:10.000Z',
    });
  });

  it('does not open before the mirror has been read', () => {
    const unread = new MirrorRules({ ...mirror, timings, carried: nothingCarried }, () => 'w');
    unread.doorbell(T0);
    expect(unread.deadline()).toBeNull();
    unread.start(quiet, T0 + SECOND);
    expect(unread.deadline()?.at).toBe(T0 + 31 * SECOND);
  });

  it('that is over uses the same key until its batch is made', () => {
    rules.doorbell(T0);
    rules.deadlineReached(T0 + 30 * SECOND);
    const first = rules.batchToMake;
    expect(first?.input).toEqual({
      ...mirror,
      windowKey: 'window-1',
      openedAt: '2026-05-01T12:00:00.000Z',
      closedAt: '2026-05-01T12:00:30.000Z',
      catchUp: false,
    });
    expect(rules.batchToMake).toEqual(first);
    rules.batchMade(made({ waitingBatches: 1 }), T0 + 31 * SECOND);
    expect(rules.batchToMake).toBeNull();
    expect(rules.deliveryWanted).toBe(true);
  });

  it('waits until the batch of the previous one is made', () => {
    rules.doorbell(T0);
    rules.deadlineReached(T0 + 30 * SECOND);
    rules.doorbell(T0 + 40 * SECOND);
    expect(rules.deadline()).toBeNull();
    expect(rules.status().windowClosesAt).toBeNull();
    rules.batchMade(made(), T0 + 50 * SECOND);
    expect(rules.deadline()?.at).toBe(T0 + 80 * SECOND);
  });

  it.each([
    ['opens for changes that a batch left', { pendingChanges: 1 }, true],
    ['does not open if nothing is left', {}, false],
    ['does not open while a full render is due', { pendingChanges: 1, resync: true }, false],
  ])('%s', (_, counts, opens) => {
    rules.doorbell(T0);
    rules.deadlineReached(T0 + 30 * SECOND);
    rules.batchMade(made(counts), T0 + 31 * SECOND);
    expect(rules.deadline()?.at).toBe(opens ? T0 + 61 * SECOND : undefined);
  });
});

describe('a catch-up', () => {
  it('also looks at the tip', () => {
    rules.catchUp(T0);
    rules.deadlineReached(T0);
    rules.batchMade(made(), T0 + SECOND);
    expect(rules.deliveryWanted).toBe(true);
  });

  it.each(['source', 'repository'] as const)('is not made during an outage of the %s', (lane) => {
    rules.lanes[lane].outage = outageOf({ lane });
    rules.catchUp(T0);
    expect(rules.deadline()).toBeNull();
  });
});

describe('a delivery', () => {
  it('clears the request when it starts, and keeps a new one that comes in the meantime', () => {
    rules.retry();
    rules.deliveryBegins();
    expect(rules.deliveryWanted).toBe(false);
    rules.retry();
    expect(rules.delivered(sent(), T0)).toBe(true);
    expect(rules.deliveryWanted).toBe(true);
  });

  it('is requested again if it failed', () => {
    rules.retry();
    rules.deliveryBegins();
    rules.deliveryFailed();
    expect(rules.deliveryWanted).toBe(true);
  });

  it.each([
    ['nothing is left', {}, false],
    ['batches are left', { waitingBatches: 2 }, true],
    ['a resync is left', { resync: true }, true],
  ])('is followed by another if something is left: %s', (_, counts, wanted) => {
    rules.deliveryBegins();
    rules.delivered(sent(counts), T0);
    expect(rules.deliveryWanted).toBe(wanted);
  });

  it('says what it is about to do, with the number of the attempt in an outage', () => {
    const waiting = started({ waitingBatches: 2 });
    expect(waiting.deliveryBegins()).toBe('Send 2 batches');
    waiting.lanes.repository.outage = outageOf({ attempts: 2 });
    expect(waiting.deliveryBegins()).toBe('Attempt 3: send 2 batches');
  });

  it('opens a window for the changes that waited for the full render', () => {
    rules.delivered(sent({ pendingChanges: 3 }), T0 + SECOND);
    expect(rules.deadline()?.at).toBe(T0 + 31 * SECOND);
  });
});

describe('a pause', () => {
  it('stops the clock of an open window, and keeps its end', () => {
    rules.doorbell(T0);
    rules.changed();
    expect(rules.rereadWanted).toBe(true);
    rules.readingBegins();
    expect(rules.rereadWanted).toBe(false);
    rules.reread({ ...quiet, active: false, paused: true }, T0 + 10 * SECOND);
    expect(rules.deadline()).toBeNull();
    expect(rules.status().state).toBe('paused');
    rules.reread({ ...quiet, pendingChanges: 1 }, T0 + 20 * SECOND);
    expect(rules.deadline()?.at).toBe(T0 + 30 * SECOND);
  });

  it('lets no window open before it is over', () => {
    const paused = started({ paused: true, active: false });
    paused.doorbell(T0);
    expect(paused.deadline()).toBeNull();
    paused.reread(quiet, T0 + 60 * SECOND);
    expect(paused.deadline()?.at).toBe(T0 + 90 * SECOND);
  });

  it.each([
    ['a delivery', () => rules.delivered(sent({ active: false }), T0)],
    ['a batch', () => rules.batchMade(made({ active: false }), T0)],
  ])('found by %s lets nothing start until the mirror has been read again', (_, find) => {
    expect(find()).toBe(false);
    expect(rules.paused).toBe(true);
    expect(rules.rereadWanted).toBe(true);
  });

  it('keeps the window whose batch found it', () => {
    rules.doorbell(T0);
    rules.deadlineReached(T0 + 30 * SECOND);
    rules.batchMade(made({ active: false }), T0 + 31 * SECOND);
    expect(rules.batchToMake?.input.windowKey).toBe('window-1');
  });

  it('is followed by attempts in both lanes', () => {
    rules.reread(quiet, T0);
    expect(rules.lanes.source.retryWanted).toBe(true);
    expect(rules.lanes.repository.retryWanted).toBe(true);
    expect(rules.deliveryWanted).toBe(false);
  });
});

it('takes over an outage that it does not know, as after a restore of the database, and tries at once', () => {
  const view = { ...quiet, outages: [outageOf()] };
  expect(rules.missesOutage(view)).toBe(true);
  rules.adoptOutages(view);
  expect(rules.lanes.repository.outage).toEqual(outageOf());
  expect(rules.deliveryWanted).toBe(true);
  // It is one of its own now, of which it knows more than a reading.
  const later = { ...view, outages: [outageOf({ attempts: 7 })] };
  expect(rules.missesOutage(later)).toBe(false);
});

it('a retry requests an attempt in both lanes and a delivery', () => {
  rules.retry();
  expect(rules.lanes.source.retryWanted).toBe(true);
  expect(rules.lanes.repository.retryWanted).toBe(true);
  expect(rules.deliveryWanted).toBe(true);
});

describe('what is carried over to the next run', () => {
  it('contains what was requested', () => {
    rules.doorbell(T0);
    rules.retry();
    expect(rules.carried).toEqual({
      ...nothingCarried,
      rung: true,
      deliverWanted: true,
      // There is no outage in which one would wait.
      retryWanted: false,
      windowOpenedAt: T0,
      windowClosesAt: T0 + 30 * SECOND,
    });
  });

  it('ends the same window at once if its batch was not made', () => {
    rules.catchUp(T0);
    rules.deadlineReached(T0 + SECOND);
    const next = started({}, rules.carried);
    expect(next.deadline()?.at).toBeLessThanOrEqual(T0 + SECOND);
    next.deadlineReached(T0 + 2 * SECOND);
    expect(next.batchToMake?.input).toMatchObject({
      openedAt: '2026-05-01T12:00:00.000Z',
      catchUp: true,
    });
  });

  it('contains an open window and its end', () => {
    rules.doorbell(T0 + SECOND);
    const next = started({ pendingChanges: 1 }, rules.carried);
    expect(next.deadline()?.at).toBe(T0 + 31 * SECOND);
  });
});

describe('the state', () => {
  const escalated = outageOf({ escalatedAt: '2026-05-01T05:00:00.000Z' });
  it.each([
    [{}, 'synced'],
    [{ pendingChanges: 1 }, 'pending'],
    [{ waitingBatches: 1 }, 'syncing'],
    [{ resync: true }, 'syncing'],
    [{ initialized: false, resync: true }, 'initializing'],
    [{ outages: [outageOf()] }, 'retrying'],
    [{ outages: [escalated] }, 'escalated'],
    [{ outages: [outageOf({ code: 'history_lost' })] }, 'held'],
    [{ paused: true, outages: [escalated] }, 'paused'],
    [{ ended: true, paused: true }, 'ended'],
  ] satisfies [Partial<MirrorView>, string][])('of %j is %s', (view, state) => {
    expect(started(view).status().state).toBe(state);
  });

  it('is syncing during a delivery, with the start of the attempt', () => {
    rules.lanes.repository.attemptStartedAt = T0;
    expect(rules.status()).toMatchObject({
      state: 'syncing',
      runAttempt: '2026-05-01T12:00:00.000Z',
    });
  });

  it('is initialized after the first delivery', () => {
    const fresh = started({ initialized: false, resync: true });
    fresh.delivered(sent(), T0);
    expect(fresh.status().state).toBe('synced');
  });

  it('shows the outage that began first', () => {
    const late = outageOf({ since: '2026-05-01T09:00:00.000Z' });
    const early = outageOf({ lane: 'source', since: '2026-05-01T08:00:00.000Z' });
    expect(started({ outages: [late, early] }).status().outage).toEqual(early);
  });

  it('is shown with the number of undelivered changes', () => {
    const { state, outage, waiting, details } = started({
      waitingBatches: 1,
      undeliveredChanges: 4,
    }).shown();
    expect({ state, outage, waiting }).toEqual({ state: 'syncing', outage: null, waiting: 4 });
    expect(details).toContain('4 changes are waiting.');
  });
});
