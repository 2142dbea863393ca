import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { deleteWorkflow, resetWorkflow } from '../support/end-workflow.ts';
import { TestGitward, type StatusView } from '../support/gitward.ts';

/*
 * What docs/runbook.md says may be done to a mirror's workflow at any moment.
 */
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
let gitward: TestGitward;
let count = 0;

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
  await gitward.until('synced');
});
beforeEach(async () => {
  gitward.git.beforePush = null;
  await gitward.git.comeBack();
});
afterAll(() => gitward.stop());

function workflow(): WorkflowHandle {
  const key = { projectId: gitward.platform.projectId, branchId: '1000' };
  return gitward.temporal.client.workflow.getHandle(mirrorStream(key));
}

const endings: [string, (handle: WorkflowHandle) => Promise<unknown>][] = [
  ['terminated', (handle) => handle.terminate('An operator tries something')],
  ['reset', resetWorkflow],
  ['deleted', deleteWorkflow],
  ['cancelled', (handle) => handle.cancel()],
];

const settled = ({ state, pendingChanges }: StatusView) =>
  state === 'synced' && pendingChanges === 0;

/** Reports a change; returns what its commit says of it. */
async function change(): Promise<string> {
  count += 1;
  const event = gitward.platform.change(orders, { description: `Change ${count}` });
  await gitward.send([event]);
  return `(keboola.ex-db-mysql/7), version ${event.newVersion}\n`;
}

/** How many commits tell of a change. */
async function commitsOf(description: string): Promise<number> {
  const log = await gitward.repository.log();
  return log.filter(({ message }) => message.includes(description)).length;
}

/** As in a database that was restored to a moment of an outage, while the workflow went on. */
async function restoreOutage(): Promise<void> {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await gitward.database.db
    .insertInto('outages')
    .values({
      ...{ id: randomUUID(), stream: workflow().workflowId, lane: 'repository', attempts: 2 },
      ...{ code: 'repository_unreachable', message: 'It was away.' },
      ...{ since: ago(9), lastAttemptAt: ago(4), nextAttemptAt: ago(3) },
    })
    .execute();
}

it('an outage of which a workflow knows nothing is found, and ends', async () => {
  await restoreOutage();
  expect((await gitward.status()).state).toBe('retrying');
  await gitward.until(settled, 60_000);
});

describe.each(endings)('a workflow that is %s', (_, end) => {
  it('while it waits for the end of an outage, goes on with the same outage, and sends each change once', async () => {
    await gitward.git.goAway();
    const first = await change();
    const { outage } = await gitward.until(
      ({ outage: open, waitingBatches }) => (open?.attempts ?? 0) > 0 && waitingBatches > 0,
    );
    await end(workflow());
    const second = await change();
    await gitward.call('POST', `${gitward.mirrorPath}/actions/retry`);
    const later = await gitward.until(
      ({ outage: open }) => (open?.attempts ?? 0) > (outage?.attempts ?? 0),
    );
    expect(later.outage?.since).toBe(outage?.since);
    await gitward.git.comeBack();
    await gitward.until(settled, 60_000);
    expect([await commitsOf(first), await commitsOf(second)]).toEqual([1, 1]);
  });

  it('while a push is under way, is started again by itself, and pushes nothing twice', async () => {
    let ended: Promise<unknown> | null = null;
    gitward.git.beforePush = async () => {
      ended ??= end(workflow());
      await ended;
    };
    const description = await change();
    await gitward.until(settled, 60_000);
    expect(ended).not.toBeNull();
    expect(await commitsOf(description)).toBe(1);
    // The next change finds it running, or starts it.
    const next = await change();
    await gitward.until(settled, 60_000);
    expect(await commitsOf(next)).toBe(1);
  });
});
