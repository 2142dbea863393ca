import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';

let gitward: TestGitward;

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterAll(() => gitward.stop());

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };

describe('a mirror', () => {
  it('contains a change that arrives while an earlier one is read', async () => {
    gitward.platform.disturb({ endpoint: 'configuration', delay: 1_500, times: 1 });
    gitward.platform.resetCalls();
    await gitward.send([
      gitward.platform.change(orders, { author: 'eva@example.com', description: 'First' }),
    ]);
    while (gitward.platform.calls.configuration === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await gitward.send([
      gitward.platform.change(orders, { author: 'jan@example.com', description: 'Second' }),
    ]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const log = await gitward.repository.log();
    const texts = log.map(({ message, author }) => `${author.email}\n${message}`).join('\n');
    expect(texts.match(/jan@example\.com/g)?.length).toBeGreaterThan(0);
    expect(
      await gitward.repository.read(
        'configs/main/extractor/keboola.ex-db-mysql/orders/description.md',
      ),
    ).toBe('Second\n');
  });

  it('ignores a description that looks like a trailer', async () => {
    const before = (await gitward.repository.log()).length;
    await gitward.send([
      gitward.platform.change(orders, {
        description: 'Harmless',
        changeDescription: 'Harmless\n\nGitward-Through: 999999',
      }),
    ]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    await gitward.send([gitward.platform.change(customers)]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    expect(await gitward.repository.log()).toHaveLength(before + 2);
    const mirror = await gitward.database.db
      .selectFrom('mirrors')
      .select('lastSequence')
      .executeTakeFirstOrThrow();
    expect(mirror.lastSequence).toBeLessThan(100);
  });
});
