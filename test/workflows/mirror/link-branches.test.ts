import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LinkBranchesResult } from '../../../activities/mirror/contract.ts';
import { linkBranchesWorkflowId } from '../../../model/mirror/ids.ts';
import { createMirrorWorkflows } from '../../../temporal/mirror/create-mirror-workflows.ts';
import type { MirrorWorkflows } from '../../../temporal/mirror/mirror-workflows.ts';
import { activityQueues, taskQueue } from '../../../workflows/messages.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../../support/workflow-bundle.ts';
import { ScriptedActivities } from './scripted-activities.ts';

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
});
afterAll(() => environment.teardown());

const found: LinkBranchesResult = { linked: [], failure: null };
const noAnswer: LinkBranchesResult = {
  ...{ linked: [], failure: { code: 'source_unreachable', message: 'The platform is away.' } },
};

/** Asks for new branches of a project; calls `look` with the number of each look while it runs. Returns how many there were. */
async function looksFor(
  projectId: string,
  look: (number: number, workflows: MirrorWorkflows) => Promise<LinkBranchesResult>,
): Promise<number> {
  const { client, nativeConnection } = environment;
  const often = { catchUpInterval: 1, watchedCatchUpInterval: 1 };
  const timings = { window: 1, retryInterval: 1, escalateAfter: 1, ...often };
  const workflows = createMirrorWorkflows({ client, timings });
  const world = new ScriptedActivities();
  let looks = 0;
  world.linkBranches = () => {
    looks += 1;
    return look(looks, workflows);
  };
  const activities = world.activities();
  const worker = await Worker.create({
    ...{ connection: nativeConnection, taskQueue, workflowBundle, activities },
  });
  const linker = await Worker.create({
    ...{ connection: nativeConnection, taskQueue: activityQueues.mirrors, activities },
  });
  await worker.runUntil(
    linker.runUntil(async () => {
      await workflows.linkBranches(projectId);
      await client.workflow.getHandle(linkBranchesWorkflowId(projectId)).result();
    }),
  );
  return looks;
}

it('a request during a look gets one more, since that one may have looked too early', async () => {
  const looks = await looksFor('1', async (number, workflows) => {
    if (number === 1) {
      await workflows.linkBranches('1');
      await workflows.linkBranches('1');
    }
    return found;
  });
  expect(looks).toBe(2);
});

it('a platform that does not answer is asked again, but not for ever', async () => {
  const twice = (number: number) => Promise.resolve(number > 2 ? found : noAnswer);
  expect(await looksFor('2', twice)).toBe(3);
  expect(await looksFor('3', () => Promise.resolve(noAnswer))).toBe(15);
});
