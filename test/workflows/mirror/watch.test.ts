import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AskFeedsResult, WatchActivities } from '../../../activities/mirror/contract.ts';
import type { watchWorkflow } from '../../../workflows/index.ts';
import { feedsChanged, watchStatusQuery, type WatchStatus } from '../../../workflows/messages.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../../support/workflow-bundle.ts';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
});
afterAll(() => environment.teardown());

/** What a round finds, and when it was, in milliseconds since the first one. */
type Rounds = (round: number, watch: Watch) => Promise<Partial<AskFeedsResult>>;
interface Watch {
  call: () => Promise<void>;
  status: () => Promise<WatchStatus>;
}

/** Watches a stack until it has no feeds; returns when its rounds were. */
async function watchStack(rounds: Rounds): Promise<{ at: number[]; runs: number }> {
  const { client, nativeConnection } = environment;
  const at: number[] = [];
  const workflowId = `watch/${randomUUID()}`;
  const handle = client.workflow.getHandle<typeof watchWorkflow>(workflowId);
  const watch: Watch = {
    call: () => handle.signal(feedsChanged),
    status: () => handle.query(watchStatusQuery),
  };
  const activities: WatchActivities = {
    askFeeds: async () => {
      at.push(await environment.currentTimeMs());
      const found = await rounds(at.length, watch);
      return { feeds: 1, asked: 1, news: 0, nextIn: 15_000, ...found };
    },
  };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    workflowBundle,
    activities,
  });
  await worker.runUntil(
    client.workflow.execute<typeof watchWorkflow>('watchWorkflow', {
      ...{ taskQueue, workflowId, args: [{ stack: 'platform.example' }] },
    }),
  );
  const [first = 0] = at;
  return { at: at.map((time) => Math.round((time - first) / 1_000)), runs: at.length };
}

const over = { feeds: 0, asked: 0, nextIn: null };

it('asks when the next feed is due, at least each second and at most each 15', async () => {
  const { at } = await watchStack((round) =>
    Promise.resolve(
      [{ nextIn: 7_000 }, { nextIn: 0 }, { nextIn: 60_000 }, over][round - 1] ?? over,
    ),
  );
  expect(at).toEqual([0, 7, 8, 23]);
});

it('goes on after a round that failed, and says why it did', async () => {
  let status: WatchStatus | null = null;
  const { at } = await watchStack(async (round, watch) => {
    if (round === 1) throw new Error('The database is away.');
    status = await watch.status();
    return over;
  });
  expect(at).toEqual([0, 15]);
  expect(status).toMatchObject({ failure: 'The database is away.', askedAt: null });
});

it('looks again if it is called while it finds nothing, or waits', async () => {
  const { runs } = await watchStack(async (round, watch) => {
    if (round === 1) await watch.call();
    return over;
  });
  expect(runs).toBe(2);
});

it('continues as new, for as long as there are feeds', async () => {
  const { runs } = await watchStack((round) => Promise.resolve(round < 200 ? {} : over));
  expect(runs).toBe(200);
});
