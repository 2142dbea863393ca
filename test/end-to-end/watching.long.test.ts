import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { watchWorkflowId } from '../../model/mirror/ids.ts';
import { watchStatusQuery } from '../../workflows/messages.ts';
import { TestGitward, type StatusView } from '../support/gitward.ts';

const patience = { timeout: 60_000, interval: 250 };
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };

/** Nobody posts an event here. */
let gitward: TestGitward;
beforeAll(async () => {
  gitward = await TestGitward.start({ GITWARD_WATCH_INTERVAL: '1s' }, { feeds: true });
  await gitward.enableMirror({ developmentBranches: { link: ['Next'], gitBranch: '{branch}' } });
  await gitward.until('synced');
  await vi.waitFor(async () => expect((await watch()).state).toBe('watching'), patience);
});
afterAll(() => gitward.stop());

interface Watch {
  state: string;
  reason: string | null;
}

async function watch(): Promise<Watch> {
  return (await gitward.call<StatusView & { watch: Watch }>('GET', gitward.mirrorPath)).watch;
}

/** The newest commit of which the message says this. */
async function commitThat(says: string) {
  return vi.waitFor(async () => {
    const found = (await gitward.repository.log()).find(({ message }) => message.includes(says));
    expect(found).toBeDefined();
    return found!;
  }, patience);
}

it('a change that nobody reports becomes a commit of who made it', async () => {
  gitward.platform.change(orders, { author: 'jan@example.com', description: 'By nobody told' });
  const commit = await commitThat('keboola.ex-db-mysql/7');
  expect(commit.author.email).toBe('jan@example.com');
  expect(commit.message).toContain('Gitward-Reason: changes');
  await gitward.until(({ pendingChanges }) => pendingChanges === 0);
});

it('tables, jobs, new branches and deleted configurations are seen as well', async () => {
  gitward.platform.putTable('in.c-crm.people', { columns: ['id'] });
  const job = gitward.platform.queue.run();
  await vi.waitFor(async () => {
    const paths = Object.keys(await gitward.repository.blobIds());
    expect(paths.filter((path) => path.includes('people'))).not.toEqual([]);
    expect(paths.filter((path) => path.endsWith(`${job.runId}.json`))).toHaveLength(1);
  }, patience);
  gitward.platform.delete({ componentId: 'keboola.wr-db-mysql', configId: '9' });
  gitward.platform.createBranch(1_002, 'Next');
  await vi.waitFor(async () => {
    const paths = Object.keys(await gitward.repository.blobIds());
    expect(paths.filter((path) => path.startsWith('configs/main/writer/'))).toEqual([]);
    expect([...(await gitward.repository.branches()).keys()]).toContain('next');
  }, patience);
});

it('its workflow says what it does, and a worker that is killed is no loss', async () => {
  const stack = new URL(gitward.platform.url).host;
  const handle = gitward.temporal.client.workflow.getHandle(watchWorkflowId(stack));
  const status = await handle.query(watchStatusQuery);
  expect(status).toMatchObject({ failure: null });
  expect(status.feeds).toBeGreaterThanOrEqual(2);
  await gitward.kill('worker');
  gitward.platform.change({ componentId: 'keboola.ex-aws-s3', configId: '8' });
  await gitward.startWorker();
  await commitThat('keboola.ex-aws-s3/8');
});

it('a token that loses its right to the feed is told in the status', async () => {
  gitward.platform.disturb({ endpoint: 'events', status: 403 });
  await vi.waitFor(async () => {
    const { state, reason } = await watch();
    expect(state).toBe('catch_up');
    expect(reason).toContain('refused the token');
  }, patience);
});
