import { beforeEach, describe, expect, it } from 'vitest';
import type { SpaceView, SyncSpaceResult } from '../../../activities/knowledge/contract.ts';
import { SpaceRules } from '../../../workflows/knowledge/space-rules.ts';
import type { SpaceCarried } from '../../../workflows/messages.ts';
import { outageOf } from '../streams/outage-of.ts';

const T0 = Date.parse('2026-05-01T12:00:00.000Z');
const SECOND = 1_000;
const timings = {
  window: 3 * SECOND,
  pollInterval: 60 * SECOND,
  retryInterval: 300 * SECOND,
  escalateAfter: 10_800 * SECOND,
};

const quiet: SpaceView = {
  active: true,
  waitingSaves: 0,
  openConflicts: 0,
  ended: false,
  paused: false,
  initialized: true,
  outages: [],
  unsentNotices: [],
};
const polledSoon: SpaceCarried = {
  windowClosesAt: null,
  syncWanted: false,
  nextPollAt: T0 + 60 * SECOND,
};

function result(changes: Partial<SyncSpaceResult> = {}): SyncSpaceResult {
  const counts = { active: true, waitingSaves: 0, openConflicts: 0 };
  return { tip: 'f'.repeat(40), commits: 0, entries: 0, ...counts, ...changes };
}

/** A space's rules in a later run, with the next poll in a minute. */
function started(view: Partial<SpaceView> = {}, carried: Partial<SpaceCarried> = {}): SpaceRules {
  const rules = new SpaceRules({
    spaceId: 'sales',
    timings,
    carried: { ...polledSoon, ...carried },
  });
  rules.start({ ...quiet, ...view }, T0);
  return rules;
}

let rules: SpaceRules;
beforeEach(() => {
  rules = started();
});

describe('a run', () => {
  it.each([
    ['the first run', undefined, {}, true],
    ['a later run', polledSoon, {}, false],
    ['a later run in an outage', polledSoon, { outages: [outageOf()] }, true],
    [
      'a later run with a signal that was carried over',
      { ...polledSoon, syncWanted: true },
      {},
      true,
    ],
  ])('decides at its start whether to look at the branch: %s', (_, carried, view, wanted) => {
    const begun = new SpaceRules({ spaceId: 'sales', timings, ...(carried && { carried }) });
    begun.start({ ...quiet, ...view }, T0);
    expect(begun.syncWanted).toBe(wanted);
  });

  it('waits for the next attempt of an outage, unless the previous run was asked to try', () => {
    const view = { outages: [outageOf()] };
    const wanted = (carried: Partial<SpaceCarried>) =>
      started(view, carried).lanes.repository.retryWanted;
    // Of a run from before it was carried, one does not know.
    expect(wanted({})).toBe(true);
    expect(wanted({ retryWanted: true })).toBe(true);
    expect(wanted({ retryWanted: false })).toBe(false);
  });

  it('continues the clock of the previous run, and starts one if there was none', () => {
    expect(rules.deadline()?.at).toBe(T0 + 60 * SECOND);
    expect(started({}, { nextPollAt: T0 + 5 }).deadline()?.at).toBe(T0 + 5);
    expect(started({}, { nextPollAt: null }).deadline()?.at).toBe(T0 + 60 * SECOND);
  });

  it('takes the outage from the database, and tries at once', () => {
    const outage = outageOf();
    expect(started({ outages: [outage] }).lanes.repository).toMatchObject({
      outage,
      retryWanted: true,
    });
  });
});

describe('the clock', () => {
  it('waits for the next poll', () => {
    expect(rules.deadline()).toEqual({
      at: T0 + 60 * SECOND,
      summary: 'Check the branch every 1 min',
    });
    rules.deadlineReached(T0 + 60 * SECOND);
    expect(rules.syncWanted).toBe(true);
    expect(rules.deadline()).toBeNull();
  });

  it('waits for the end of a window, which the first save opens', () => {
    rules.doorbell(T0 + 10 * SECOND);
    rules.doorbell(T0 + 12 * SECOND);
    expect(rules.deadline()).toEqual({ at: T0 + 13 * SECOND, summary: 'Collect saves for 3 s' });
  });

  it('does not end a window early for a poll', () => {
    rules.doorbell(T0 + 59 * SECOND);
    expect(rules.deadline()?.at).toBe(T0 + 62 * SECOND);
  });

  it.each([
    ['while a sync is wanted', () => rules.sync()],
    ['while an attempt runs', () => (rules.lanes.repository.attemptStartedAt = T0)],
    ['while the space is paused', () => rules.reread({ ...quiet, paused: true })],
  ])('is stopped %s', (_, begin) => {
    rules.doorbell(T0);
    begin();
    expect(rules.deadline()).toBeNull();
  });
});

describe('a sync', () => {
  it('clears the request and closes the window when it starts', () => {
    rules.doorbell(T0);
    rules.sync();
    expect(rules.syncBegins()).toBe('Check the branch, and send what is waiting');
    expect(rules.syncWanted).toBe(false);
    expect(rules.status().windowClosesAt).toBeNull();
  });

  it('keeps a request or a window that comes in the meantime', () => {
    rules.syncBegins();
    rules.sync();
    rules.doorbell(T0 + SECOND);
    expect(rules.synced(result(), T0 + 2 * SECOND)).toBe(true);
    expect(rules.syncWanted).toBe(true);
    expect(rules.status().windowClosesAt).toBe('2026-05-01T12:00:04.000Z');
  });

  it.each([
    [{ view: { initialized: false } }, 'Read the whole branch'],
    [{ view: {} }, 'Check the branch'],
    [{ view: { waitingSaves: 1 } }, 'Check the branch, and send what is waiting'],
    [{ view: { outages: [outageOf({ attempts: 2 })] } }, 'Attempt 3: check the branch'],
  ])('of %j says what it is about to do', ({ view }, words) => {
    expect(started(view).syncBegins()).toBe(words);
  });

  it('schedules the next poll a minute after it', () => {
    rules.syncBegins();
    rules.synced(result(), T0 + 40 * SECOND);
    expect(rules.deadline()?.at).toBe(T0 + 100 * SECOND);
  });

  it.each([
    ['another at once if there is progress', { waitingSaves: 1, commits: 1 }, true, undefined],
    ['another at once if it read something', { waitingSaves: 1, entries: 1 }, true, undefined],
    ['a window if there is no progress', { waitingSaves: 1 }, false, T0 + 4 * SECOND],
    [
      'the next poll if the rest is held',
      { waitingSaves: 2, heldSaves: 2 },
      false,
      T0 + 61 * SECOND,
    ],
    ['a window if only some is held', { waitingSaves: 2, heldSaves: 1 }, false, T0 + 4 * SECOND],
    ['the next poll if nothing is left', { commits: 1 }, false, T0 + 61 * SECOND],
  ])('is followed by %s', (_, changes, wanted, deadline) => {
    rules.syncBegins();
    rules.synced(result(changes), T0 + SECOND);
    expect(rules.syncWanted).toBe(wanted);
    expect(rules.deadline()?.at).toBe(deadline);
  });

  it('is requested again if it failed', () => {
    rules.syncBegins();
    rules.syncFailed();
    expect(rules.syncWanted).toBe(true);
  });

  it('that finds the space paused starts nothing until the space has been read again', () => {
    rules.syncBegins();
    expect(rules.synced(result({ active: false }), T0)).toBe(false);
    expect(rules.paused).toBe(true);
    expect(rules.rereadWanted).toBe(true);
    rules.readingBegins();
    rules.reread(quiet);
    expect(rules.paused).toBe(false);
    expect(rules.syncWanted).toBe(true);
  });
});

describe('signals', () => {
  it.each([
    ['a doorbell makes a paused space read its row again', true, true],
    ['a doorbell does not make an active space read its row again', false, false],
  ])('%s', (_, paused, reread) => {
    const one = started({ paused });
    one.doorbell(T0);
    expect(one.rereadWanted).toBe(reread);
  });

  it.each([
    ['a retry', () => rules.retry()],
    ['a changed row, once it is read', () => rules.reread(quiet)],
  ])('%s ends the wait between two attempts', (_, ask) => {
    ask();
    expect(rules.lanes.repository.retryWanted).toBe(true);
    expect(rules.syncWanted).toBe(true);
  });

  it('a sync does not end the wait between two attempts', () => {
    rules.sync();
    expect(rules.syncWanted).toBe(true);
    expect(rules.lanes.repository.retryWanted).toBe(false);
  });
});

it('the next run continues with the window and the clock', () => {
  rules.doorbell(T0 + SECOND);
  expect(rules.carried).toEqual({
    windowClosesAt: T0 + 4 * SECOND,
    syncWanted: false,
    nextPollAt: T0 + 60 * SECOND,
    nextReviewAt: null,
    reviewsWanted: false,
    retryWanted: false,
  });
  expect(started({}, rules.carried).deadline()?.at).toBe(T0 + 4 * SECOND);
});

describe('the state', () => {
  it.each([
    [{}, {}, 'synced'],
    [{}, { windowClosesAt: T0 }, 'pending'],
    [{}, { syncWanted: true }, 'syncing'],
    [{ initialized: false }, {}, 'initializing'],
    [{ outages: [outageOf()] }, {}, 'retrying'],
    [{ outages: [outageOf({ escalatedAt: '2026-05-01T05:00:00.000Z' })] }, {}, 'escalated'],
    [{ outages: [outageOf({ code: 'history_lost' })] }, {}, 'held'],
    [{ paused: true, outages: [outageOf()] }, {}, 'paused'],
    [{ ended: true, paused: true }, {}, 'ended'],
  ] satisfies [Partial<SpaceView>, Partial<SpaceCarried>, string][])(
    'of %j with %j is %s',
    (view, carried, state) => {
      expect(started(view, carried).status().state).toBe(state);
    },
  );

  it('is initialized after the first sync, and counts what that left', () => {
    const fresh = started({ initialized: false });
    fresh.syncBegins();
    fresh.synced(result({ waitingSaves: 2, openConflicts: 1 }), T0);
    expect(fresh.status()).toMatchObject({ state: 'pending', waitingSaves: 2, openConflicts: 1 });
    const { waiting, details } = fresh.shown();
    expect(waiting).toBe(2);
    expect(details).toContain("2 saves are waiting.\n\n1 conflict needs a person's decision.");
  });
});
