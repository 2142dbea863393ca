import { Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from '../../../activities/contract.ts';
import type { mirrorWorkflow } from '../../../workflows/index.ts';
import {
  catchUp,
  doorbell,
  mirrorChanged,
  retryNow,
  statusQuery,
  syncNow,
  type MirrorInput,
} from '../../../workflows/messages.ts';
import type { OutageView } from '../../../model/streams/outage.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';
import { ScriptedActivities } from './scripted-activities.ts';
import { outageOf } from '../streams/outage-of.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const timings = { window: 30 * SECOND, retryInterval: 5 * MINUTE, escalateAfter: 3 * HOUR };

let environment: TestWorkflowEnvironment;
let worker: StoryWorker<Activities>;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
  worker = await startStoryWorker(environment, new ScriptedActivities().activities());
});
afterAll(async () => {
  await worker.stop();
  await environment.teardown();
});

type Mirror = WorkflowHandle<typeof mirrorWorkflow>;

/** Runs a story with a mirror's workflow and ends the mirror afterwards. */
async function withMirror(
  world: ScriptedActivities,
  story: (mirror: Mirror, pass: (milliseconds: number) => Promise<void>) => Promise<void>,
  input: Partial<MirrorInput> = {},
): Promise<void> {
  const workflowId = `mirror/7/${randomUUID()}`;
  await worker.run(workflowId, world.activities(), async () => {
    const mirror = await environment.client.workflow.start<typeof mirrorWorkflow>(
      'mirrorWorkflow',
      {
        taskQueue: worker.taskQueue,
        workflowId,
        args: [{ projectId: '7', branchId: '1', timings, ...input }],
      },
    );
    try {
      await story(mirror, async (milliseconds) => {
        // A query is answered after everything before it, so no time passes before a signal is
        // handled.
        await mirror.query(statusQuery);
        await environment.sleep(milliseconds);
        await mirror.query(statusQuery);
      });
    } finally {
      if (!world.ended) {
        world.ended = true;
        await mirror.signal(mirrorChanged);
      }
      await mirror.result();
    }
  });
}

/** Accepts a change; only the first one since the last window rings the doorbell. */
async function change(world: ScriptedActivities, mirror: Mirror): Promise<void> {
  world.pendingChanges += 1;
  if (world.pendingChanges === 1) await mirror.signal(doorbell);
}

/** An outage that a previous run has left in the database. */
function outageOfBefore(at: number): OutageView {
  const since = new Date(at).toISOString();
  return outageOf({ since, attempts: 30, nextAttemptAt: since, message: 'Before.' });
}

describe('the window', () => {
  it('collects the changes of 30 s, from the first one on, into one batch', async () => {
    const world = new ScriptedActivities();
    await withMirror(world, async (mirror, pass) => {
      await pass(SECOND);
      await change(world, mirror);
      await pass(20 * SECOND);
      await change(world, mirror);
      expect(world.windows).toHaveLength(0);
      await pass(15 * SECOND);
      expect(world.windows).toHaveLength(1);
      const [window] = world.windows;
      const length = Date.parse(window!.closedAt) - Date.parse(window!.openedAt);
      expect(Math.round(length / SECOND)).toBe(30);
      expect(world.deliveredBatches).toBe(1);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
    });
  });

  it('is cut short by a sync', async () => {
    const world = new ScriptedActivities();
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(SECOND);
      await mirror.signal(syncNow);
      await pass(SECOND);
      expect(world.deliveredBatches).toBe(1);
    });
  });

  it('opens again for a change that arrives while the source is read', async () => {
    const world = new ScriptedActivities();
    world.whileReading = () => {
      world.whileReading = () => Promise.resolve();
      world.pendingChanges += 1;
      return Promise.resolve();
    };
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(31 * SECOND);
      expect(world.deliveredBatches).toBe(1);
      await pass(31 * SECOND);
      expect(world.deliveredBatches).toBe(2);
    });
  });

  it('does not wait for deliveries: during an outage, windows become batches of their own', async () => {
    const world = new ScriptedActivities();
    world.remote = 'repository_unreachable';
    await withMirror(world, async (mirror, pass) => {
      for (let window = 0; window < 3; window += 1) {
        await change(world, mirror);
        await pass(40 * SECOND);
      }
      expect(world.waitingBatches).toBe(3);
      world.remote = 'works';
      await pass(5 * MINUTE);
      expect(world.deliveredBatches).toBe(3);
    });
  });
});

describe('an outage', () => {
  it('is retried every five minutes, and at once on request', async () => {
    const world = new ScriptedActivities();
    await withMirror(world, async (mirror, pass) => {
      await pass(SECOND);
      world.remote = 'repository_unreachable';
      await change(world, mirror);
      await pass(30 * SECOND + 12 * MINUTE);
      const failed = world.deliveries.filter(({ result }) => result !== 'works');
      expect(failed).toHaveLength(3);
      expect(Math.round((failed[1]!.at - failed[0]!.at) / MINUTE)).toBe(5);
      expect(await mirror.query(statusQuery)).toMatchObject({
        state: 'retrying',
        outage: { attempts: 3, escalatedAt: null, code: 'repository_unreachable' },
      });
      world.remote = 'works';
      await mirror.signal(retryNow);
      await pass(SECOND);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
      expect(world.notices).toEqual([]);
    });
  });

  it('is reported once after three hours, and its end once', async () => {
    const world = new ScriptedActivities();
    world.remote = 'repository_unreachable';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(2 * HOUR + 50 * MINUTE);
      expect(world.notices).toEqual([]);
      await pass(20 * MINUTE);
      expect(world.notices).toEqual(['escalated']);
      expect((await mirror.query(statusQuery)).state).toBe('escalated');
      await pass(4 * HOUR);
      expect(world.notices).toEqual(['escalated']);
      world.remote = 'works';
      await pass(6 * MINUTE);
      expect(world.notices).toEqual(['escalated', 'recovered']);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
    });
  });

  it('that needs a person is reported at once, and still retried', async () => {
    const world = new ScriptedActivities();
    world.remote = 'credential_refused';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(11 * MINUTE);
      expect(world.notices).toEqual(['person_needed']);
      expect(world.deliveries.length).toBeGreaterThanOrEqual(3);
      world.remote = 'works';
      await mirror.signal(retryNow);
      await pass(SECOND);
      expect(world.notices).toEqual(['person_needed', 'recovered']);
    });
  });

  it('is none if the host only refuses some files: the admins are told, and everything else goes on', async () => {
    const world = new ScriptedActivities();
    world.refusals = 'outage-of-refusals';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(2 * MINUTE);
      expect(world.notices).toEqual(['found']);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
    });
  });

  it('of which nobody can be told is told again for a day, and deliveries go on beside it', async () => {
    const world = new ScriptedActivities();
    world.deaf = true;
    world.refusals = 'outage-of-refusals';
    await withMirror(world, async (mirror, pass) => {
      for (let hour = 1; hour <= 23; hour += 1) {
        await change(world, mirror);
        await pass(HOUR);
        expect(world.deliveredBatches).toBe(hour);
      }
      // In ever longer pauses, of a quarter of an hour at most.
      expect(world.deafTo.length).toBeGreaterThan(23 * 4);
      const pauses = world.deafTo.slice(1).map((at, index) => at - world.deafTo[index]!);
      expect(Math.max(...pauses)).toBeLessThan(16 * MINUTE);
      expect(world.notices).toEqual([]);
      world.deaf = false;
      await pass(16 * MINUTE);
      expect(world.notices).toEqual(['found']);
    });
  });

  it('keeps its clock when the workflow is terminated and starts again', async () => {
    const world = new ScriptedActivities();
    world.remote = 'repository_unreachable';
    world.outage = outageOfBefore((await environment.currentTimeMs()) - 179 * MINUTE);
    world.waitingBatches = 1;
    await withMirror(world, async (_mirror, pass) => {
      await pass(2 * MINUTE);
      expect(world.notices).toEqual(['escalated']);
    });
  });

  it('that is over when a new workflow starts is not reported', async () => {
    const world = new ScriptedActivities();
    world.outage = outageOfBefore((await environment.currentTimeMs()) - 10 * HOUR);
    world.waitingBatches = 1;
    await withMirror(world, async (mirror, pass) => {
      await pass(10 * MINUTE);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
      expect(world.notices).toEqual([]);
    });
  });

  it('during a pause is reported only if it lasts after the resume', async () => {
    const world = new ScriptedActivities();
    world.remote = 'repository_unreachable';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(HOUR);
      world.paused = true;
      await mirror.signal(mirrorChanged);
      await pass(5 * HOUR);
      expect(world.notices).toEqual([]);
      world.paused = false;
      await mirror.signal(mirrorChanged);
      await pass(2 * MINUTE);
      expect(world.notices).toEqual(['escalated']);
    });
  });

  it('that is unknown to the database is not escalated again and again', async () => {
    const world = new ScriptedActivities();
    world.outage = outageOfBefore((await environment.currentTimeMs()) - 10 * HOUR);
    world.waitingBatches = 1;
    world.remote = 'repository_unreachable';
    let asked = 0;
    world.escalateOutage = () => {
      asked += 1;
      return Promise.resolve(null);
    };
    await withMirror(world, async (_mirror, pass) => {
      await pass(HOUR);
      expect(asked).toBe(1);
      expect(world.notices).toEqual([]);
    });
  });

  it('can be of the source, and the window that failed is made when it is over', async () => {
    const world = new ScriptedActivities();
    world.source = 'source_unreachable';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(MINUTE);
      expect(await mirror.query(statusQuery)).toMatchObject({
        state: 'retrying',
        outage: { lane: 'source' },
      });
      world.source = 'works';
      await pass(5 * MINUTE);
      expect(world.deliveredBatches).toBe(1);
      expect(new Set(world.windows.map(({ windowKey }) => windowKey)).size).toBe(1);
    });
  });
});

describe('a mirror', () => {
  it('reconciles at its start', async () => {
    const world = new ScriptedActivities();
    world.resync = true;
    await withMirror(world, async (mirror, pass) => {
      await pass(SECOND);
      expect(world.deliveries).toHaveLength(1);
      expect((await mirror.query(statusQuery)).state).toBe('synced');
    });
  });

  it('sends nothing while it is paused, and continues when it is resumed', async () => {
    const world = new ScriptedActivities();
    await withMirror(world, async (mirror, pass) => {
      await pass(SECOND);
      world.paused = true;
      await mirror.signal(mirrorChanged);
      await change(world, mirror);
      await pass(HOUR);
      expect(world.windows).toHaveLength(0);
      expect((await mirror.query(statusQuery)).state).toBe('paused');
      world.paused = false;
      await mirror.signal(mirrorChanged);
      await pass(31 * SECOND);
      expect(world.deliveredBatches).toBe(1);
    });
  });

  it('that was paused without a signal notices it at its next attempt', async () => {
    const world = new ScriptedActivities();
    world.remote = 'repository_unreachable';
    await withMirror(world, async (mirror, pass) => {
      await change(world, mirror);
      await pass(MINUTE);
      world.paused = true;
      const before = world.deliveries.length;
      await pass(HOUR);
      expect((await mirror.query(statusQuery)).state).toBe('paused');
      expect(world.deliveries.length).toBe(before);
      expect(world.looks).toBe(1);
      // Nothing has succeeded since, so the outage is still open.
      expect(world.outage).not.toBeNull();
    });
  });

  it('that has ended ends its workflow at once when its doorbell rings', async () => {
    const world = new ScriptedActivities();
    world.ended = true;
    await withMirror(world, async (mirror) => {
      await mirror.result();
      expect(world.deliveries).toHaveLength(0);
    });
  });

  it('compares the whole project in a catch-up, but not during an outage', async () => {
    const world = new ScriptedActivities();
    await withMirror(world, async (mirror, pass) => {
      await pass(SECOND);
      await mirror.signal(catchUp);
      await pass(SECOND);
      expect(world.windows.map((window) => window.catchUp)).toEqual([true]);
      world.remote = 'repository_unreachable';
      await change(world, mirror);
      await pass(MINUTE);
      await mirror.signal(catchUp);
      await pass(MINUTE);
      expect(world.windows.map((window) => window.catchUp)).toEqual([true, false]);
    });
  });

  it('continues as new during a window without losing it', async () => {
    const world = new ScriptedActivities();
    const now = await environment.currentTimeMs();
    world.pendingChanges = 1;
    const carried = {
      windowOpenedAt: now - 20 * SECOND,
      windowClosesAt: now + 10 * SECOND,
      rung: true,
      syncWanted: false,
      catchUpWanted: false,
      deliverWanted: false,
    };
    await withMirror(
      world,
      async (_mirror, pass) => {
        await pass(15 * SECOND);
        expect(world.deliveredBatches).toBe(1);
        expect(world.windows[0]?.openedAt).toBe(new Date(now - 20 * SECOND).toISOString());
      },
      { carried },
    );
  });
});

describe("a first commit that waits for the default branch's", () => {
  /** The world of a branch whose default branch has no commit until a test says so; records when it was requested. */
  function besideDefault(): {
    world: ScriptedActivities;
    asked: { at: number; mayWait: boolean | undefined }[];
    begun: { ofDefault: boolean };
  } {
    const world = new ScriptedActivities();
    world.resync = true;
    const asked: { at: number; mayWait: boolean | undefined }[] = [];
    const begun = { ofDefault: false };
    const { deliver } = world;
    world.deliver = async (input) => {
      const at = Context.current().info.currentAttemptScheduledTimestampMs;
      asked.push({ at, mayWait: input.mayWait });
      if (begun.ofDefault || !input.mayWait) return deliver(input);
      const view = await world.readMirror();
      return { ...view, tip: null, commits: 0, waitsFor: 'default_mirror' };
    };
    return { world, asked, begun };
  }

  it('is tried every 5 s, and made without it after a minute', async () => {
    const { world, asked } = besideDefault();
    await withMirror(world, async (mirror, pass) => {
      await pass(30 * SECOND);
      expect(world.deliveries).toEqual([]);
      expect((await mirror.query(statusQuery)).state).toBe('initializing');
      await pass(40 * SECOND);
      expect(world.deliveries).toHaveLength(1);
      const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
      expect(gaps.map((gap) => Math.round(gap / SECOND))).toEqual(Array(12).fill(5));
      expect(asked.map(({ mayWait }) => mayWait)).toEqual([...Array(12).fill(true), false]);
    });
  });

  it("is made at once when the default branch's is announced", async () => {
    const { world, asked, begun } = besideDefault();
    await withMirror(world, async (mirror, pass) => {
      await pass(2 * SECOND);
      expect(asked).toHaveLength(1);
      begun.ofDefault = true;
      await mirror.signal(retryNow);
      await pass(SECOND);
      expect(world.deliveries).toHaveLength(1);
    });
  });

  it('stops waiting when the mirror is paused, and is made when it is resumed', async () => {
    const { world, asked, begun } = besideDefault();
    await withMirror(world, async (mirror, pass) => {
      await pass(2 * SECOND);
      world.paused = true;
      await mirror.signal(mirrorChanged);
      await pass(10 * SECOND);
      expect(asked).toHaveLength(1);
      expect((await mirror.query(statusQuery)).runAttempt).toBeNull();
      world.paused = false;
      begun.ofDefault = true;
      await mirror.signal(mirrorChanged);
      await pass(SECOND);
      expect(world.deliveries).toHaveLength(1);
    });
  });
});
