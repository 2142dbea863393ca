import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';

let gitward: TestGitward;

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
});
afterAll(() => gitward.stop());

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };
const report = { componentId: 'keboola.wr-db-mysql', configId: '9' };

describe('a mirror', () => {
  it('starts with a commit of the whole project', async () => {
    await gitward.until('synced');
    const log = await gitward.repository.log();
    expect(log).toHaveLength(1);
    expect(log[0]?.message).toContain('Gitward-Reason: initial');
    const files = Object.keys(await gitward.repository.files());
    expect(files).toContain('configs/.keboola/manifest.json');
    expect(files).toContain('configs/main/extractor/keboola.ex-db-mysql/orders/config.json');
  });

  it('makes one commit of ten changes by one author in a window, with exactly what changed', async () => {
    const at = new Date('2026-03-01T10:00:00.500Z');
    const events = Array.from({ length: 10 }, (_, index) =>
      gitward.platform.change(index % 2 === 0 ? orders : customers, {
        author: 'eva@example.com',
        at: new Date(at.getTime() + index * 1000),
      }),
    );
    expect(await gitward.send(events)).toEqual({ accepted: 10, duplicates: 0, rejected: [] });
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const log = await gitward.repository.log();
    expect(log).toHaveLength(2);
    expect(log[0]).toMatchObject({
      author: { name: 'eva@example.com', email: 'eva@example.com' },
      authoredAt: '2026-03-01T10:00:09+00:00',
      committer: { name: 'Gitward' },
    });
    expect(await gitward.repository.changedPaths()).toEqual([
      'ai/catalog/keboola.ex-aws-s3.json',
      'ai/catalog/keboola.ex-db-mysql.json',
      'configs/main/extractor/keboola.ex-aws-s3/customers/description.md',
      'configs/main/extractor/keboola.ex-db-mysql/orders/description.md',
    ]);

    expect(await gitward.send(events)).toEqual({ accepted: 0, duplicates: 10, rejected: [] });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await gitward.repository.log()).toHaveLength(2);
  });

  it('names both authors of a window', async () => {
    await gitward.send([
      gitward.platform.change(orders, { author: 'eva@example.com' }),
      gitward.platform.change(report, { author: 'Jan Novák' }),
    ]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const [commit, ...before] = await gitward.repository.log();
    expect(before).toHaveLength(2);
    expect(commit?.author.name).toBe('eva@example.com');
    expect(commit?.message).toContain(
      'Co-authored-by: Jan Novák <jan-novak@users.gitward.invalid>',
    );
  });

  it("without tracing, keeps a publisher's trace, and sends nothing of it through Temporal", async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await gitward.send([{ ...gitward.platform.change(orders), traceparent }]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const kept = await gitward.database.db
      .selectFrom('changeEvents')
      .innerJoin('batches', 'batches.id', 'changeEvents.batchId')
      .select(['changeEvents.traceparent', 'batches.traceparent as ofBatch'])
      .orderBy('sequence', 'desc')
      .executeTakeFirst();
    expect(kept).toEqual({ traceparent, ofBatch: traceparent });
    const workflow = gitward.temporal.client.workflow.getHandle(
      `mirror/${gitward.platform.projectId}/1000`,
    );
    expect(JSON.stringify(await workflow.fetchHistory())).not.toContain('_tracer-data');
  });

  it('writes no secret to its logs', () => {
    expect(gitward.output).not.toContain(gitward.git.credential?.password);
    expect(gitward.output).not.toContain(gitward.platform.token);
  });
});
