import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activities } from '../../../activities/contract.ts';
import type { spaceWorkflow } from '../../../workflows/index.ts';
import {
  doorbell,
  retryNow,
  reviewsChanged,
  spaceChanged,
  spaceStatusQuery,
  syncNow,
  type SpaceInput,
} from '../../../workflows/messages.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';
import { ScriptedSpaceActivities } from './scripted-space-activities.ts';

/**
 * Ten seconds of the server's: its clock also runs while the machine works, and a slow machine must not fill a second.
 */
const SECOND = 10_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const timings = {
  window: 3 * SECOND,
  pollInterval: MINUTE,
  retryInterval: 5 * MINUTE,
  escalateAfter: 3 * HOUR,
};

// A story that times out runs on and moves the clock of the stories after it.
vi.setConfig({ testTimeout: 600_000 });

let environment: TestWorkflowEnvironment;
let worker: StoryWorker<Activities>;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
  worker = await startStoryWorker(environment, new ScriptedSpaceActivities().activities());
});
afterAll(async () => {
  await worker.stop();
  await environment.teardown();
});

type Space = WorkflowHandle<typeof spaceWorkflow>;

/** Runs a story with a space's workflow and ends the space afterwards. */
async function withSpace(
  world: ScriptedSpaceActivities,
  story: (space: Space, pass: (milliseconds: number) => Promise<void>) => Promise<void>,
  inputAt: (now: number) => Partial<SpaceInput> = () => ({}),
): Promise<void> {
  const workflowId = `space/${randomUUID()}`;
  await worker.run(workflowId, world.activities(), async () => {
    const input = inputAt(await environment.currentTimeMs());
    const space = await environment.client.workflow.start<typeof spaceWorkflow>('spaceWorkflow', {
      taskQueue: worker.taskQueue,
      workflowId,
      args: [{ spaceId: 'sales', timings, ...input }],
    });
    try {
      await story(space, async (milliseconds) => {
        // A query is answered after everything before it, so no time passes before a signal is
        // handled.
        await space.query(spaceStatusQuery);
        await environment.sleep(milliseconds);
        await space.query(spaceStatusQuery);
      });
    } finally {
      if (!world.ended) {
        world.ended = true;
        await space.signal(spaceChanged);
      }
      await space.result();
    }
  });
}

/** Accepts a save; only the first one since the last sync rings the doorbell. */
async function save(world: ScriptedSpaceActivities, space: Space): Promise<void> {
  world.waitingSaves += 1;
  if (world.waitingSaves === 1) await space.signal(doorbell);
}

async function stateOf(space: Space): Promise<string> {
  return (await space.query(spaceStatusQuery)).state;
}

/** Seconds between the syncs. */
function gaps({ syncs }: ScriptedSpaceActivities): number[] {
  return syncs.slice(1).map(({ at }, index) => Math.round((at - (syncs[index]?.at ?? 0)) / SECOND));
}

describe('the window', () => {
  it('collects saves for 3 s from the first one on, and then they are sent', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(10 * SECOND);
      await save(world, space);
      await pass(2 * SECOND);
      await save(world, space);
      expect(await stateOf(space)).toBe('pending');
      expect(world.deliveredSaves).toBe(0);
      await pass(1.5 * SECOND);
      expect(world.deliveredSaves).toBe(2);
      expect(world.syncs).toHaveLength(2);
      expect(await stateOf(space)).toBe('synced');
    });
  });

  it('is cut short by a request that waits for the commit', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      await save(world, space);
      await space.signal(syncNow);
      await pass(0.5 * SECOND);
      expect(world.deliveredSaves).toBe(1);
      await pass(20 * SECOND);
      expect(world.syncs).toHaveLength(2);
    });
  });

  it('opens again for a save that arrives during a sync', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      world.whileSyncing = async () => {
        world.whileSyncing = () => Promise.resolve();
        world.waitingSaves += 1;
        await space.signal(doorbell);
      };
      await space.signal(syncNow);
      await pass(2 * SECOND);
      expect(world.deliveredSaves).toBe(0);
      await pass(2 * SECOND);
      expect(world.deliveredSaves).toBe(1);
    });
  });

  it('does not end early for a poll, so that saves made together become one commit', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(59 * SECOND);
      await save(world, space);
      await pass(2 * SECOND);
      expect(world.syncs).toHaveLength(1);
      await pass(2 * SECOND);
      expect(world.deliveredSaves).toBe(1);
    });
  });
});

describe('the branch', () => {
  it('is polled every minute, with one timer and one activity', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      // Starts in the middle of a minute, so that the machine time of thirty polls does not change
      // their number.
      await pass(30 * SECOND);
      const before = (await space.describe()).historyLength;
      await pass(30 * MINUTE);
      expect(gaps(world)).toEqual(Array.from({ length: 30 }, () => 60));
      expect(((await space.describe()).historyLength - before) / 30).toBe(11);
    });
  });

  it('is polled one minute after the last look, whatever that look was for', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(40 * SECOND);
      world.pushedEntries = 3;
      await space.signal(syncNow);
      await pass(SECOND);
      expect(world.readEntries).toBe(3);
      await pass(2 * MINUTE);
      expect(gaps(world)).toEqual([40, 60, 60]);
    });
  });

  it('is looked at again at once if there is progress, and otherwise after a window', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(10 * SECOND);
      world.savesACommit = 2;
      world.waitingSaves = 5;
      await space.signal(syncNow);
      await pass(SECOND);
      expect(world.deliveredSaves).toBe(5);
      expect(gaps(world)).toEqual([10, 0, 0]);
      world.savesACommit = 0;
      world.waitingSaves = 1;
      await space.signal(syncNow);
      await pass(10 * SECOND);
      expect(gaps(world)).toEqual([10, 0, 0, 1, 3, 3, 3]);
    });
  });
});

describe('reviews', () => {
  it('are looked at when one is due, when somebody asks, and after what was pushed, but not without any', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(5 * MINUTE);
      await space.signal(syncNow);
      await pass(SECOND);
      expect(world.reviewLooks).toBe(0);
      Object.assign(world, { openReviews: 1, reviewsDueIn: 10 * MINUTE });
      await space.signal(reviewsChanged);
      await pass(SECOND);
      expect(world.reviewLooks).toBe(1);
      expect((await space.query(spaceStatusQuery)).openReviews).toBe(1);
      world.reviewsDueIn = 2 * MINUTE;
      await pass(1.5 * MINUTE);
      // A sync in between has said that it is sooner.
      await pass(2 * MINUTE);
      expect(world.reviewLooks).toBe(2);
      world.reviewsDueIn = HOUR;
      world.pushedEntries = 1;
      await pass(3 * MINUTE);
      expect(world.reviewLooks).toBeGreaterThan(2);
    });
  });

  it('whose host is away are an outage of their own: it is retried, escalated once, and stops no save', async () => {
    const world = new ScriptedSpaceActivities();
    Object.assign(world, { openReviews: 1, reviewsDueIn: 0, reviewHost: 'repository_unreachable' });
    await withSpace(world, async (space, pass) => {
      await pass(11 * MINUTE);
      expect(world.reviewLooks).toBe(3);
      expect(await space.query(spaceStatusQuery)).toMatchObject({
        state: 'retrying',
        outage: { lane: 'review', attempts: 3, code: 'repository_unreachable' },
      });
      world.waitingSaves = 1;
      await space.signal(doorbell);
      await pass(10 * SECOND);
      expect(world.deliveredSaves).toBe(1);
      await pass(4 * HOUR);
      expect(world.notices).toEqual(['escalated']);
      Object.assign(world, { reviewHost: 'works', reviewsDueIn: HOUR });
      await pass(6 * MINUTE);
      expect(await space.query(spaceStatusQuery)).toMatchObject({ state: 'synced', outage: null });
      expect(world.notices).toEqual(['escalated', 'recovered']);
    });
  });
});

describe('an outage', () => {
  it('is retried every five minutes, and not for polls, windows or webhooks', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      world.remote = 'repository_unreachable';
      await save(world, space);
      await pass(MINUTE);
      await space.signal(syncNow);
      await space.signal(doorbell);
      await pass(11 * MINUTE);
      const failed = world.syncs.filter(({ result }) => result !== 'works');
      expect(failed).toHaveLength(3);
      expect(gaps(world).slice(-2)).toEqual([300, 300]);
      expect(await space.query(spaceStatusQuery)).toMatchObject({
        state: 'retrying',
        outage: { attempts: 3, escalatedAt: null, code: 'repository_unreachable' },
      });
    });
  });

  it('is retried at once on request, and the saves made during it are sent', async () => {
    const world = new ScriptedSpaceActivities();
    world.remote = 'repository_unreachable';
    await withSpace(world, async (space, pass) => {
      for (let count = 0; count < 3; count += 1) {
        await save(world, space);
        await pass(40 * SECOND);
      }
      expect(world.deliveredSaves).toBe(0);
      world.remote = 'works';
      await space.signal(retryNow);
      await pass(SECOND);
      expect(world.deliveredSaves).toBe(3);
      expect(await stateOf(space)).toBe('synced');
      expect(world.notices).toEqual([]);
      await pass(2 * MINUTE);
      expect(gaps(world).slice(-2)).toEqual([60, 60]);
    });
  });

  it('is reported once after three hours, and its end once', async () => {
    const world = new ScriptedSpaceActivities();
    world.remote = 'repository_unreachable';
    await withSpace(world, async (space, pass) => {
      await save(world, space);
      await pass(2 * HOUR + 50 * MINUTE);
      expect(world.notices).toEqual([]);
      await pass(20 * MINUTE);
      expect(world.notices).toEqual(['escalated']);
      expect(await stateOf(space)).toBe('escalated');
      await pass(4 * HOUR);
      expect(world.notices).toEqual(['escalated']);
      world.remote = 'works';
      await pass(6 * MINUTE);
      expect(world.notices).toEqual(['escalated', 'recovered']);
      expect(world.deliveredSaves).toBe(1);
    });
  });

  it('is none if the host only refuses some files: the admins are told, and everything else goes on', async () => {
    const world = new ScriptedSpaceActivities();
    world.refusals = 'outage-of-refusals';
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      expect(world.notices).toEqual(['found']);
      expect(await stateOf(space)).toBe('synced');
    });
  });

  it('that needs a person is reported at once, and held until the space is approved', async () => {
    const world = new ScriptedSpaceActivities();
    world.remote = 'history_lost';
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      expect(world.notices).toEqual(['person_needed']);
      expect(await stateOf(space)).toBe('held');
      world.remote = 'works';
      await space.signal(spaceChanged);
      await pass(SECOND);
      expect(world.notices).toEqual(['person_needed', 'recovered']);
      expect(await stateOf(space)).toBe('synced');
    });
  });
});

describe('a space', () => {
  it('that is new reads its branch at its start', async () => {
    const world = new ScriptedSpaceActivities();
    world.initialized = false;
    world.remote = 'repository_unreachable';
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      expect(world.syncs).toHaveLength(1);
      world.remote = 'works';
      await pass(5 * MINUTE);
      expect(await stateOf(space)).toBe('synced');
    });
  });

  it('does nothing while it is paused, and continues when it is resumed', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      world.paused = true;
      await space.signal(spaceChanged);
      await save(world, space);
      await pass(HOUR);
      expect(world.syncs).toHaveLength(1);
      expect(await stateOf(space)).toBe('paused');
      world.paused = false;
      await space.signal(spaceChanged);
      await pass(SECOND);
      expect(world.deliveredSaves).toBe(1);
    });
  });

  it('that was paused and resumed without a signal notices both', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      world.paused = true;
      await pass(HOUR);
      expect(world.looks).toBe(1);
      expect(await stateOf(space)).toBe('paused');
      world.paused = false;
      // The relay rings because this space is not paused and has not been looked at for long.
      await space.signal(doorbell);
      await pass(SECOND);
      expect(world.syncs).toHaveLength(2);
      expect(await stateOf(space)).toBe('synced');
    });
  });

  it('that has ended does nothing more, and its workflow ends at once when its doorbell rings', async () => {
    const world = new ScriptedSpaceActivities();
    await withSpace(world, async (space, pass) => {
      await pass(SECOND);
      world.ended = true;
      await space.signal(spaceChanged);
      await space.result();
      expect(world.syncs).toHaveLength(1);
    });
    await withSpace(world, async (space) => {
      await space.result();
      expect(world.syncs).toHaveLength(1);
    });
  });

  it('continues as new during a window, and keeps its clocks', async () => {
    const world = new ScriptedSpaceActivities();
    world.waitingSaves = 1;
    const carriedAt = (now: number) => ({
      windowClosesAt: now + 2 * SECOND,
      syncWanted: false,
      nextPollAt: now + 30 * SECOND,
    });
    await withSpace(
      world,
      async (_space, pass) => {
        await pass(SECOND);
        expect(world.syncs).toHaveLength(0);
        await pass(2 * SECOND);
        expect(world.deliveredSaves).toBe(1);
      },
      (now) => ({ carried: carriedAt(now) }),
    );
  });

  it('continues as new between two polls, and keeps its clock', async () => {
    const world = new ScriptedSpaceActivities();
    const carriedAt = (now: number) => ({
      windowClosesAt: null,
      syncWanted: false,
      nextPollAt: now + 30 * SECOND,
    });
    await withSpace(
      world,
      async (_space, pass) => {
        await pass(25 * SECOND);
        expect(world.syncs).toHaveLength(0);
        await pass(10 * SECOND);
        expect(world.syncs).toHaveLength(1);
      },
      (now) => ({ carried: carriedAt(now) }),
    );
  });
});
