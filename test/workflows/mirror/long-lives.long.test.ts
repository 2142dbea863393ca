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
/** From where on a workflow continues as new, and what is in progress then. */
const mostEvents = 1_000 + 200;

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

/** A mirror that lives long: whoever is on call opens its history now and then. */
class LongLife {
  /** The most events that were seen in each run. */
  readonly runs = new Map<string, number>();
  readonly world = new ScriptedActivities();
  readonly #workflowId: string;

  constructor(branchId: string) {
    this.#workflowId = `mirror/7/${branchId}`;
  }

  /** Starts the mirror, tells the story, and ends the mirror. */
  async tell(story: () => Promise<void>): Promise<void> {
    await worker.run(this.#workflowId, this.world.activities(), async () => {
      await environment.client.workflow.start<typeof mirrorWorkflow>('mirrorWorkflow', {
        taskQueue: worker.taskQueue,
        workflowId: this.#workflowId,
        args: [{ projectId: '7', branchId: '1', timings }],
      });
      await this.pass(MINUTE);
      await story();
      this.world.ended = true;
      await this.#mirror.signal(mirrorChanged);
      await this.#mirror.result();
    });
  }

  /** Accepts changes, of which the first rings. */
  async change(count: number): Promise<void> {
    this.world.pendingChanges += count;
    await this.#mirror.signal(doorbell);
  }

  /**
   * Lets time pass. Nothing is asked meanwhile, as in other stories: the server that skips time never answers a query to a run that
   * continues as new at that moment.
   */
  pass(milliseconds: number): Promise<void> {
    return environment.sleep(milliseconds);
  }

  async openHistory(): Promise<void> {
    const { events } = await this.#mirror.fetchHistory();
    this.runs.set((await this.#mirror.describe()).runId, events?.length ?? 0);
  }

  status() {
    return this.#mirror.query(statusQuery);
  }

  /** The newest run. */
  get #mirror() {
    return environment.client.workflow.getHandle(this.#workflowId);
  }
}

it('a week without the repository is 2,016 attempts, one escalation and one recovery, and no change is lost', async () => {
  const life = new LongLife('week');
  const { world } = life;
  await life.tell(async () => {
    world.remote = 'repository_unreachable';
    for (let quarter = 0; quarter < 28; quarter += 1) {
      await life.change(1);
      await life.pass(6 * HOUR);
      await life.openHistory();
    }
    const failed = world.deliveries.filter(({ result }) => result !== 'works');
    const gaps = failed.slice(1).map(({ at }, before) => at - (failed[before]?.at ?? 0));
    expect(failed).toHaveLength((7 * 24 * HOUR) / timings.retryInterval);
    expect(new Set(gaps.map((gap) => Math.round(gap / MINUTE)))).toEqual(new Set([5]));
    expect(world.notices).toEqual(['escalated']);
    expect(await life.status()).toMatchObject({
      state: 'escalated',
      outage: { attempts: failed.length, code: 'repository_unreachable' },
    });
    expect(life.runs.size).toBeGreaterThan(3);
    expect(Math.max(...life.runs.values())).toBeLessThan(mostEvents);

    world.remote = 'works';
    await life.pass(6 * MINUTE);
    expect(world.deliveredBatches).toBe(28);
    expect(world.notices).toEqual(['escalated', 'recovered']);
    expect(await life.status()).toMatchObject({ state: 'synced', outage: null });
  });
});

it('100,000 changes in 250 windows are histories of bounded length', async () => {
  const life = new LongLife('changes');
  const { world } = life;
  await life.tell(async () => {
    for (let window = 1; window <= 250; window += 1) {
      await life.change(400);
      await life.pass(MINUTE);
      if (window % 50 === 0) await life.openHistory();
    }
    expect(world.windows.length).toBeGreaterThanOrEqual(250);
    expect(world.deliveredBatches).toBe(250);
    expect(await life.status()).toMatchObject({ state: 'synced', pendingChanges: 0 });
    expect(life.runs.size).toBeGreaterThan(1);
    expect(Math.max(...life.runs.values())).toBeLessThan(mostEvents);
  });
});
