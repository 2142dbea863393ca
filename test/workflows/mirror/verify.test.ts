import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VerifyResult } from '../../../activities/mirror/contract.ts';
import { createMirrorWorkflows } from '../../../temporal/mirror/create-mirror-workflows.ts';
import type { MirrorWorkflows } from '../../../temporal/mirror/mirror-workflows.ts';
import type { verifyWorkflow } from '../../../workflows/index.ts';
import { activityQueues, taskQueue as gitwardQueue } from '../../../workflows/messages.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../../support/workflow-bundle.ts';
import { ScriptedActivities } from './scripted-activities.ts';
import { failure } from '../streams/scripted-stream-activities.ts';

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
});
afterAll(() => environment.teardown());

/** Verifies a project with these branches; returns which were looked at, in order, and how it ended. */
async function verifyProject(
  branches: string[],
  verify: (branchId: string) => VerifyResult,
): Promise<{ looked: string[]; error: unknown }> {
  const looked: string[] = [];
  const world = new ScriptedActivities();
  world.listActiveMirrors = ({ projectId }) =>
    Promise.resolve(branches.map((branchId) => ({ projectId, branchId })));
  world.verifyMirror = ({ branchId }) => {
    looked.push(branchId);
    return new Promise((resolve) => resolve(verify(branchId)));
  };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: world.activities(),
  });
  const error = await worker.runUntil(
    environment.client.workflow
      .execute<typeof verifyWorkflow>('verifyWorkflow', {
        taskQueue,
        workflowId: `verify/${randomUUID()}`,
        args: [{ projectId: '7' }],
      })
      .then(
        () => null,
        (reason: unknown) => reason,
      ),
  );
  return { looked, error };
}

it('a mirror that cannot be verified does not prevent the verification of the others', async () => {
  const { looked, error } = await verifyProject(['1', '2', '3'], (branchId) => {
    if (branchId === '1') throw failure('repository_unreachable');
    return { outcome: 'identical', differenceCount: 0 };
  });
  expect(looked).toEqual(['1', '2', '3']);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  const { cause } = error as WorkflowFailedError;
  expect(cause).toBeInstanceOf(ActivityFailure);
  expect(cause?.cause).toMatchObject({ type: 'repository_unreachable' });
});

it('an unsettled mirror is looked at again every minute until it is settled', async () => {
  let looks = 0;
  const { looked, error } = await verifyProject(['1', '2'], (branchId) => {
    if (branchId === '1') looks += 1;
    const unsettled = branchId === '1' && looks < 3;
    return { outcome: unsettled ? 'unsettled' : 'identical', differenceCount: 0 };
  });
  expect(error).toBeNull();
  expect(looked).toEqual(['1', '1', '1', '2']);
});

/**
 * Requests a verification of one mirror; calls `look` with the number of each look while that look
 * runs. Returns the number of looks, and how the workflow ended.
 */
async function askedFor(
  branchId: string,
  look: (number: number, workflows: MirrorWorkflows) => Promise<void>,
): Promise<{ looks: number; status: string }> {
  const { client, nativeConnection } = environment;
  const often = { catchUpInterval: 1, watchedCatchUpInterval: 1 };
  const timings = { window: 1, retryInterval: 1, escalateAfter: 1, ...often };
  const workflows = createMirrorWorkflows({ client, timings });
  const world = new ScriptedActivities();
  let looks = 0;
  world.verifyMirror = async () => {
    looks += 1;
    await look(looks, workflows);
    return { outcome: 'identical', differenceCount: 0 };
  };
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue: gitwardQueue,
    workflowBundle,
    activities: world.activities(),
  });
  const verifier = await Worker.create({
    connection: nativeConnection,
    taskQueue: activityQueues.mirrors,
    activities: world.activities(),
  });
  const handle = client.workflow.getHandle(`verify/7/${branchId}`);
  await worker.runUntil(
    verifier.runUntil(async () => {
      await workflows.verify({ projectId: '7', branchId });
      await handle.result().catch(() => undefined);
    }),
  );
  return { looks, status: (await handle.describe()).status.name };
}

it('a request while nothing runs gets one look', async () => {
  expect(await askedFor('1', () => Promise.resolve())).toEqual({ looks: 1, status: 'COMPLETED' });
});

it('requests during a look get one more look, which starts after it, however many they are', async () => {
  const asked = await askedFor('2', async (number, workflows) => {
    if (number > 1) return;
    await workflows.verify({ projectId: '7', branchId: '2' });
    await workflows.verify({ projectId: '7', branchId: '2' });
  });
  expect(asked).toEqual({ looks: 2, status: 'COMPLETED' });
});

it('a look that fails does not cancel the one requested in the meantime', async () => {
  const asked = await askedFor('3', async (number, workflows) => {
    if (number > 1) return;
    await workflows.verify({ projectId: '7', branchId: '3' });
    throw failure('repository_unreachable');
  });
  expect(asked).toEqual({ looks: 2, status: 'COMPLETED' });
});
