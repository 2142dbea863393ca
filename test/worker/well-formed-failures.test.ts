import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { Activities } from '../../activities/contract.ts';
import { embeddedTemporal } from '../../temporal/connect.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { namespaceEnvironment } from '../support/temporal.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';

const environment = await namespaceEnvironment();
afterAll(() => environment.teardown());

test('an activity that fails with half a character in its message does not break the worker', async () => {
  let attempts = 0;
  const activities: Partial<Activities> = {
    catchUpProject() {
      attempts += 1;
      if (attempts > 1) return Promise.resolve({ asked: 0, unchanged: 0 });
      const cause = new Error('the host said half \ud83d');
      return Promise.reject(new Error('half \ud83d of an emoji', { cause }));
    },
    linkBranches: () => Promise.resolve({ linked: [], failure: null }),
  };
  const worker = await createWorker({
    temporal: embeddedTemporal(environment.address, environment.namespace ?? 'default'),
    activities: activities as Activities,
    workflows: { bundle: workflowBundle.codePath },
  });
  const running = worker.run();
  try {
    const workflow = environment.client.workflow.execute('catchUpWorkflow', {
      taskQueue,
      workflowId: randomUUID(),
      args: [{ projectId: '1' }],
    });
    await Promise.race([workflow, running.then(() => Promise.reject(new Error('It ended.')))]);
    expect(attempts).toBe(2);
  } finally {
    await worker.stop();
  }
});
