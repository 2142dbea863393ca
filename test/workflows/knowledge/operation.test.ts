import { CancelledFailure, Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { OperationActivities } from '../../../activities/knowledge/contract.ts';
import type { operationWorkflow } from '../../../workflows/index.ts';
import { cancelOperation, spaceTurned } from '../../../workflows/messages.ts';
import { devServerEnvironment, timeSkippingEnvironment } from '../../support/temporal.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';
import { failure } from '../streams/scripted-stream-activities.ts';

/** A server and a worker for stories on it. */
interface Place {
  environment: TestWorkflowEnvironment;
  worker: StoryWorker<OperationActivities>;
}

let place: Place;

beforeAll(async () => {
  quietRuntime();
  // A history counts as long after some 20 activities.
  const suggestion = 'limit.historyCount.suggestContinueAsNew=120';
  place = await startPlace(await devServerEnvironment(['--dynamic-config-value', suggestion]));
});
afterAll(() => stopPlace(place));

async function startPlace(environment: TestWorkflowEnvironment): Promise<Place> {
  const example = { ...activitiesOf({}), endOperation: () => Promise.resolve() };
  const worker = await startStoryWorker(environment, example, {
    // Heartbeats are sent to the server at once, so that cancellations arrive at once.
    maxHeartbeatThrottleInterval: 100,
    defaultHeartbeatThrottleInterval: 100,
  });
  return { environment, worker };
}

async function stopPlace({ environment, worker }: Place): Promise<void> {
  await worker.stop();
  await environment.teardown();
}

type Operation = WorkflowHandle<typeof operationWorkflow>;

/** The activities in which a test differs from the default: a dry run whose items are finished at once. */
type Scripted = Partial<OperationActivities>;

/**
 * Runs an operation with these activities; returns how it ended and what was recorded about its
 * end.
 */
async function operate(
  scripted: Scripted | OperationActivities['workOnItems'],
  meanwhile: (operation: Operation) => Promise<unknown> = () => Promise.resolve(),
  ended: () => void = () => undefined,
) {
  const endOperation = vi.fn<OperationActivities['endOperation']>(() => {
    ended();
    return Promise.resolve();
  });
  const workflowId = `operation/${randomUUID()}`;
  const activities = {
    ...activitiesOf(typeof scripted === 'function' ? { workOnItems: scripted } : scripted),
    endOperation,
  };
  const { environment, worker } = place;
  return worker.run(workflowId, activities, async () => {
    const operation = await environment.client.workflow.start<typeof operationWorkflow>(
      'operationWorkflow',
      { taskQueue: worker.taskQueue, workflowId, args: [{ operationId: 'o' }] },
    );
    await meanwhile(operation);
    const { state } = await operation.result();
    return { state, noted: endOperation.mock.calls.map(([input]) => input) };
  });
}

function activitiesOf(scripted: Scripted): Omit<OperationActivities, 'endOperation'> {
  return {
    beginOperation: () => Promise.resolve({ spaceId: 's', type: 'import', dryRun: true }),
    workOnItems: () => Promise.resolve('through'),
    askSpace: () => Promise.resolve({ attempts: {} }),
    lookAtSpace: () => Promise.resolve({ kind: 'fulfilled' }),
    finishOperation: () => Promise.resolve({ state: 'done' }),
    ...scripted,
  };
}

/** Works through items until it is cancelled, and finishes the current item. */
async function workUntilCancelled(items: string[]): Promise<never> {
  const { cancellationSignal } = Context.current();
  while (!cancellationSignal.aborted) {
    Context.current().heartbeat();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  items.push('finished');
  throw new CancelledFailure('CANCELLED');
}

it('an operation that is done records nothing more', async () => {
  const done = await operate(() => Promise.resolve('through'));
  expect(done).toEqual({ state: 'done', noted: [] });
});

it('a lost worker or an unreachable database only delays an operation', async () => {
  let attempts = 0;
  const done = await operate(() => {
    attempts += 1;
    if (attempts < 3) throw new Error('The database is away.');
    return Promise.resolve('through');
  });
  expect(done).toEqual({ state: 'done', noted: [] });
  expect(attempts).toBe(3);
});

it('a classified failure ends an operation, with its reason', async () => {
  const failed = await operate(() => {
    throw failure('repository_not_found');
  });
  expect(failed).toEqual({
    state: 'failed',
    noted: [
      {
        operationId: 'o',
        state: 'failed',
        failure: { code: 'repository_not_found', message: 'It failed: repository_not_found.' },
      },
    ],
  });
});

const cancelled = {
  state: 'cancelled',
  noted: [{ operationId: 'o', state: 'cancelled', failure: null }],
};

it('a cancelled operation finishes its current item before the end is recorded', async () => {
  const items: string[] = [];
  let started = false;
  const result = await operate(
    () => {
      started = true;
      return workUntilCancelled(items);
    },
    async (operation) => {
      await vi.waitFor(() => expect(started).toBe(true), { timeout: 10_000 });
      await operation.signal(cancelOperation);
    },
    () => items.push('noted'),
  );
  expect(result).toEqual(cancelled);
  expect(items).toEqual(['finished', 'noted']);
});

it('an operation that is cancelled in Temporal is recorded as cancelled, too', async () => {
  let started = false;
  const result = await operate(
    () => {
      started = true;
      return workUntilCancelled([]);
    },
    async (operation) => {
      await vi.waitFor(() => expect(started).toBe(true), { timeout: 10_000 });
      await operation.cancel();
    },
  );
  expect(result).toEqual(cancelled);
});

it('an operation that fails while it is being cancelled is cancelled', async () => {
  let started = false;
  const result = await operate(
    async () => {
      started = true;
      await workUntilCancelled([]).catch(() => undefined);
      throw failure('repository_timeout');
    },
    async (operation) => {
      await vi.waitFor(() => expect(started).toBe(true), { timeout: 10_000 });
      await operation.signal(cancelOperation);
    },
  );
  expect(result).toEqual(cancelled);
});

it('an operation that is cancelled before it starts does nothing', async () => {
  const run = vi.fn(() => Promise.resolve('through' as const));
  const endOperation = vi.fn(() => Promise.resolve());
  const workflowId = `operation/${randomUUID()}`;
  const activities = { ...activitiesOf({ workOnItems: run }), endOperation };
  const { environment, worker } = place;
  const result = await worker.run(workflowId, activities, async () => {
    const operation = await environment.client.workflow.signalWithStart<typeof operationWorkflow>(
      'operationWorkflow',
      {
        taskQueue: worker.taskQueue,
        workflowId,
        args: [{ operationId: 'o' }],
        signal: cancelOperation,
        signalArgs: [],
      },
    );
    return operation.result();
  });
  expect(result).toEqual({ state: 'cancelled' });
  expect(run).not.toHaveBeenCalled();
  expect(endOperation).toHaveBeenCalledOnce();
});

/** An import whose items are finished, and which waits for its space. */
const waiting: Scripted = {
  beginOperation: () => Promise.resolve({ spaceId: 's', type: 'import', dryRun: false }),
  lookAtSpace: () => Promise.resolve({ kind: 'waiting' }),
};

it('an operation continues as soon as its space notifies it, and runs no activity while it waits', async () => {
  let isSent = false;
  const looked = vi.fn(() =>
    Promise.resolve({ kind: isSent ? ('fulfilled' as const) : ('waiting' as const) }),
  );
  const result = await operate({ ...waiting, lookAtSpace: looked }, async (operation) => {
    await vi.waitFor(() => expect(looked).toHaveBeenCalled(), { timeout: 10_000 });
    await vi.waitFor(async () => {
      const { raw } = await operation.describe();
      expect(raw.pendingActivities).toEqual([]);
    });
    expect(looked).toHaveBeenCalledTimes(1);
    isSent = true;
    await operation.signal(spaceTurned);
    await operation.result();
    // The fallback's first look would have been 2 s after the previous one.
    expect(looked).toHaveBeenCalledTimes(2);
  });
  expect(result).toEqual({ state: 'done', noted: [] });
});

it('an operation that is not notified looks by itself, and gives up after 10 min', async () => {
  const real = place;
  place = await startPlace(await timeSkippingEnvironment());
  const looked: number[] = [];
  let told: unknown;
  try {
    await operate({
      ...waiting,
      lookAtSpace: () => {
        looked.push(Context.current().info.currentAttemptScheduledTimestampMs);
        return Promise.resolve({ kind: 'waiting' });
      },
      finishOperation: ({ late }) => {
        told = late;
        return Promise.resolve({ state: 'done' });
      },
    });
  } finally {
    await stopPlace(place);
    place = real;
  }
  expect(told).toEqual({
    code: 'timed_out',
    message: 'Space s is still not ready after 10 min. Check its status.',
  });
  const seconds = looked
    .slice(1)
    .map((at, index) => Math.round((at - (looked[index] ?? 0)) / 1000));
  expect(seconds.slice(0, 6)).toEqual([2, 4, 8, 16, 30, 30]);
  expect(seconds.reduce((sum, each) => sum + each, 0)).toBeLessThan(11 * 60);
});

it('an operation whose space is paused or has failed ends with the reason', async () => {
  const failure = { code: 'space_paused', message: 'Space s is paused. Resume it.' };
  const finished = vi.fn(() => Promise.resolve({ state: 'failed' as const }));
  const result = await operate({
    ...waiting,
    lookAtSpace: () => Promise.resolve({ kind: 'late', failure }),
    finishOperation: finished,
  });
  expect(result).toEqual({ state: 'failed', noted: [] });
  expect(finished.mock.calls).toEqual([[{ operationId: 'o', late: failure }]]);
});

it('an operation that is cancelled while it waits is recorded as cancelled', async () => {
  const looked = vi.fn(() => Promise.resolve({ kind: 'waiting' as const }));
  const result = await operate({ ...waiting, lookAtSpace: looked }, async (operation) => {
    await vi.waitFor(() => expect(looked).toHaveBeenCalled(), { timeout: 10_000 });
    await operation.signal(cancelOperation);
  });
  expect(result).toEqual(cancelled);
});

it('a long operation continues in a new run, and repeats no stage', async () => {
  let chunks = 0;
  const began = vi.fn(() =>
    Promise.resolve({ spaceId: 's', type: 'export' as const, dryRun: false }),
  );
  const asked = vi.fn(() => Promise.resolve({ attempts: {} }));
  const result = await operate({
    beginOperation: began,
    workOnItems: () => Promise.resolve(++chunks < 40 ? 'more' : 'through'),
    askSpace: asked,
  });
  expect(result).toEqual({ state: 'done', noted: [] });
  expect(chunks).toBe(40);
  expect(began.mock.calls.length).toBeGreaterThan(1);
  // Once before the items, and once after them.
  expect(asked.mock.calls).toMatchObject([[{ wish: 'settled' }], [{ wish: 'sent' }]]);
});
