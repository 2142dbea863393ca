import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { mirrorWorkflow } from '../../../workflows/index.ts';
import { doorbell, mirrorChanged, statusQuery } from '../../../workflows/messages.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';
import { ScriptedActivities } from './scripted-activities.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const timings = { window: MINUTE / 2, retryInterval: 5 * MINUTE, escalateAfter: 3 * HOUR };
const workflowId = 'mirror/7/1';
/** From where on a server suggests to continue as new, and those of what is in progress then. */
const mostEvents = 4_096 + 200;

let environment: TestWorkflowEnvironment;
let worker: StoryWorker<ReturnType<ScriptedActivities['activities']>>;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
  worker = await startStoryWorker(environment, new ScriptedActivities().activities());
});
afterAll(async () => {
  await worker.stop();
  await environment.teardown();
});

it('a week without the repository is 2,016 attempts, one escalation and one recovery, and no change is lost', async () => {
  const world = new ScriptedActivities();
  const mirror = () => environment.client.workflow.getHandle(workflowId);
  await worker.run(workflowId, world.activities(), async () => {
    await environment.client.workflow.start<typeof mirrorWorkflow>('mirrorWorkflow', {
      taskQueue: worker.taskQueue,
      workflowId,
      args: [{ projectId: '7', branchId: '1', timings }],
    });
    // A query is answered after everything before it, so no time passes before a signal is handled.
    const pass = async (milliseconds: number) => {
      await mirror().query(statusQuery);
      await environment.sleep(milliseconds);
    };
    await pass(MINUTE);
    world.remote = 'repository_unreachable';
    const runs = new Map<string, number>();
    for (let quarter = 0; quarter < 28; quarter += 1) {
      world.pendingChanges += 1;
      await mirror().signal(doorbell);
      await pass(6 * HOUR);
      // Whoever is on call opens the history in the middle of it.
      const { events = [] } = await mirror().fetchHistory();
      runs.set((await mirror().describe()).runId, events?.length ?? 0);
    }
    const failed = world.deliveries.filter(({ result }) => result !== 'works');
    const gaps = failed.slice(1).map(({ at }, before) => at - (failed[before]?.at ?? 0));
    expect(failed).toHaveLength((7 * 24 * HOUR) / timings.retryInterval);
    expect(new Set(gaps.map((gap) => Math.round(gap / MINUTE)))).toEqual(new Set([5]));
    expect(world.notices).toEqual(['escalated']);
    expect(await mirror().query(statusQuery)).toMatchObject({
      state: 'escalated',
      outage: { attempts: failed.length, code: 'repository_unreachable' },
    });
    expect(runs.size).toBeGreaterThan(3);
    expect(Math.max(...runs.values())).toBeLessThan(mostEvents);

    world.remote = 'works';
    await pass(6 * MINUTE);
    expect(world.deliveredBatches).toBe(28);
    expect(world.notices).toEqual(['escalated', 'recovered']);
    expect(await mirror().query(statusQuery)).toMatchObject({ state: 'synced', outage: null });
    world.ended = true;
    await mirror().signal(mirrorChanged);
    await mirror().result();
  });
});
