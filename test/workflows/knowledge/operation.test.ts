import { CancelledFailure, Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { OperationActivities } from '../../../activities/streams/contract.ts';
import type { operationWorkflow } from '../../../workflows/index.ts';
import { cancelOperation } from '../../../workflows/messages.ts';
import { devServerEnvironment } from '../../support/temporal.ts';
import { bundleWorkflows } from '../../support/workflow-bundle.ts';
import { failure } from '../streams/scripted-stream-activities.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
  environment = await devServerEnvironment();
});
afterAll(() => environment.teardown());

type Operation = WorkflowHandle<typeof operationWorkflow>;

/** Runs an operation whose activity does this; answers how it ended, and how that was noted. */
async function operate(
  runOperation: OperationActivities['runOperation'],
  meanwhile: (operation: Operation) => Promise<unknown> = () => Promise.resolve(),
  ended: () => void = () => undefined,
) {
  const endOperation = vi.fn<OperationActivities['endOperation']>(() => {
    ended();
    return Promise.resolve();
  });
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
    activities: { runOperation, endOperation },
    // Heartbeats are told to the server at once, and so cancellations are heard at once.
    maxHeartbeatThrottleInterval: 100,
    defaultHeartbeatThrottleInterval: 100,
  });
  return worker.runUntil(async () => {
    const operation = await environment.client.workflow.start<typeof operationWorkflow>(
      'operationWorkflow',
      { taskQueue, workflowId: `operation/${randomUUID()}`, args: [{ operationId: 'o' }] },
    );
    await meanwhile(operation);
    const { state } = await operation.result();
    return { state, noted: endOperation.mock.calls.map(([input]) => input) };
  });
}

/** Works through items until it is cancelled; the item of then is finished. */
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

it('an operation that is done has nothing more noted', async () => {
  const done = await operate(() => Promise.resolve({ state: 'done' }));
  expect(done).toEqual({ state: 'done', noted: [] });
});

it('a worker that is lost, or a database that is away, costs it no more than time', async () => {
  let attempts = 0;
  const done = await operate(() => {
    attempts += 1;
    if (attempts < 3) throw new Error('The database is away.');
    return Promise.resolve({ state: 'done' });
  });
  expect(done).toEqual({ state: 'done', noted: [] });
  expect(attempts).toBe(3);
});

it('a classified failure ends it, with its reason', async () => {
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

it('a cancelled one finishes its item, and then it is noted', async () => {
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

it('one that is cancelled in Temporal is noted as well', async () => {
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

it('one that fails while it is being cancelled is cancelled', async () => {
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

it('one that is cancelled before it began does nothing', async () => {
  const run = vi.fn(() => Promise.resolve({ state: 'done' as const }));
  const endOperation = vi.fn(() => Promise.resolve());
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
    activities: { runOperation: run, endOperation },
  });
  const operation = await environment.client.workflow.signalWithStart<typeof operationWorkflow>(
    'operationWorkflow',
    {
      taskQueue,
      workflowId: `operation/${randomUUID()}`,
      args: [{ operationId: 'o' }],
      signal: cancelOperation,
      signalArgs: [],
    },
  );
  expect(await worker.runUntil(operation.result())).toEqual({ state: 'cancelled' });
  expect(run).not.toHaveBeenCalled();
  expect(endOperation).toHaveBeenCalledOnce();
});
