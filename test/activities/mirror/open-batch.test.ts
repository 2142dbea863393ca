import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { activitiesUnderTest, customers, orders, report } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db } = under;

describe('a window', () => {
  it('becomes one batch, however often it is opened', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    const key = randomUUID();
    const first = await mirror.window({ key });
    const again = await mirror.window({ key });
    expect(first).toMatchObject({ changes: 1, files: 2, pendingChanges: 0, waitingBatches: 1 });
    expect(again.batchId).toBe(first.batchId);
    expect((await mirror.batches()).filter(({ state }) => state === 'waiting')).toHaveLength(1);
  });

  it('becomes one batch, even if two workers open it at the same time', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    const key = randomUUID();
    const both = await Promise.allSettled([mirror.window({ key }), mirror.window({ key })]);
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    // When Temporal retries, the second worker finds the first one's batch.
    const { batchId } = await mirror.window({ key });
    expect(await mirror.batches()).toMatchObject([
      { reason: 'initial' },
      { id: batchId, state: 'waiting' },
    ]);
  });

  it('takes changes that arrive during the reading if the reading includes them, and leaves newer ones', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    mirror.platform.resetCalls();
    mirror.platform.disturb({ endpoint: 'configuration', delay: 300, times: 1 });
    const window = mirror.window();
    while (mirror.platform.calls.configuration === 0) await new Promise((go) => setTimeout(go, 5));
    const held = mirror.platform.change(orders, { author: 'jan@example.com' });
    const newer = { ...held, newVersion: held.newVersion + 1, author: 'eve@example.com' };
    await mirror.accept(held, newer);
    expect(await window).toMatchObject({ changes: 2, pendingChanges: 1 });
    const [batch] = (await mirror.batches()).slice(-1);
    expect(batch?.message.coAuthors).toEqual([
      { name: 'jan@example.com', email: 'jan@example.com' },
    ]);
    expect((await mirror.changes()).map(({ batchId }) => batchId !== null)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('removes the files of a configuration that was deleted', async () => {
    const mirror = await under.settledMirror();
    const event = mirror.platform.change(report);
    mirror.platform.delete(report);
    await mirror.accept(event);
    await mirror.window();
    const files = await mirror.batchFiles();
    const removed = files.filter(({ content }) => content === null).map(({ path }) => path);
    expect(removed.length).toBeGreaterThan(1);
    // It was the only one of its component, so the component's catalog is removed, too.
    expect(removed.filter((path) => !path.startsWith('configs/main/writer/'))).toEqual([
      'ai/catalog/keboola.wr-db-mysql.json',
    ]);
    expect(files.filter(({ content }) => content !== null).map(({ path }) => path)).toEqual([
      'ai/README.md',
      'configs/.keboola/manifest.json',
    ]);
  });

  it('moves the files of a configuration that was renamed', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(customers, { name: 'Clients' }));
    await mirror.window();
    await mirror.deliver();
    const paths = Object.keys(await mirror.repository.files());
    expect(paths).toContain('configs/main/extractor/keboola.ex-aws-s3/clients/config.json');
    expect(paths.filter((path) => path.includes('/customers/'))).toEqual([]);
  });

  it.each([false, true])(
    'has a commit if only a number changed that a 64-bit float cannot hold (catch-up: %s)',
    async (catchUp) => {
      const mirror = await under.settledMirror();
      const { platform, repository } = mirror;
      const save = async (number: string) => {
        const event = platform.change(orders, { configuration: { id: `exact:${number}` } });
        const { componentId, configId } = orders;
        const path = catchUp
          ? '/components?include=configuration,rows'
          : `/components/${componentId}/configs/${configId}`;
        const answer = await fetch(`${platform.url}/v2/storage/branch/1000${path}`, {
          headers: { 'x-storageapi-token': platform.token },
        });
        const body = (await answer.text()).replace(/"exact:([^"]*)"/, '$1');
        platform.disturb({ endpoint: catchUp ? 'components' : 'configuration', times: 1, body });
        if (!catchUp) await mirror.accept(event);
        await mirror.window({ catchUp });
        await mirror.deliver();
      };
      await save('9007199254740992');
      const place = 'main/extractor/keboola.ex-db-mysql/orders';
      const files = await repository.files();
      expect(files).not.toHaveProperty(`unlinked/${place}/numbers.json`);
      await save('9007199254740993');
      const then = await repository.files();
      expect(then[`configs/${place}/config.json`]).toBe(files[`configs/${place}/config.json`]);
      expect(then[`unlinked/${place}/numbers.json`]).toBe('{\n  "id": "9007199254740993"\n}\n');
      const tip = await repository.tip();
      await save('9007199254740993.1');
      expect(await repository.tip()).not.toBe(tip);
      await save('9007199254740992');
      expect(
        Object.keys(await repository.files()).filter((path) => path.startsWith('unlinked')),
      ).toEqual([]);
    },
  );

  it('makes no batch if its changes change no file, and marks them as delivered', async () => {
    const mirror = await under.settledMirror();
    // Someone changed a version back, so nothing of it is left in the project.
    await mirror.accept(mirror.platform.change(orders, { description: '' }));
    expect(await mirror.window()).toMatchObject({
      batchId: null,
      changes: 1,
      undeliveredChanges: 0,
    });
    expect(await mirror.changes()).toMatchObject([
      { batchId: null, commitSha: await mirror.repository.tip() },
    ]);
    expect((await mirror.row()).rungAt).toBeNull();
  });

  it('adds changes to an undelivered batch that already contains them', async () => {
    const mirror = await under.settledMirror();
    const first = mirror.platform.change(orders);
    await mirror.accept(first);
    const { batchId } = await mirror.window();
    await mirror.accept({ ...first, committedAt: new Date(0).toISOString() });
    expect(await mirror.window()).toMatchObject({ batchId: null, changes: 1 });
    expect((await mirror.changes()).map(({ batchId }) => batchId)).toEqual([batchId, batchId]);
  });

  it('reads nothing if there are no changes, and lets the doorbell ring again', async () => {
    const mirror = await under.settledMirror();
    mirror.platform.resetCalls();
    await db.updateTable('mirrors').set({ rungAt: new Date() }).execute();
    expect(await mirror.window()).toMatchObject({ batchId: null, changes: 0 });
    expect(mirror.platform.calls.components).toBe(0);
    expect((await mirror.row()).rungAt).toBeNull();
  });

  it('of a catch-up finds changes that no event reported, with the author that the source names', async () => {
    const mirror = await under.settledMirror();
    mirror.platform.change(orders, {
      author: 'eva@example.com',
      at: new Date('2026-05-01T09:00:00.700Z'),
    });
    expect(await mirror.window({ catchUp: true })).toMatchObject({ changes: 0, files: 2 });
    expect((await mirror.batches()).at(-1)).toMatchObject({
      reason: 'catch-up',
      message: { author: { email: 'eva@example.com' } },
      authoredAt: new Date('2026-05-01T09:00:00.000Z'),
    });
  });

  it('makes no batch while a full render is due, or while the mirror is paused or ended', async () => {
    const mirror = await under.mirror();
    await mirror.accept(mirror.platform.change(orders));
    expect(await mirror.window()).toMatchObject({ batchId: null, resync: true, pendingChanges: 1 });
    await mirror.deliver();
    await mirror.accept(mirror.platform.change(orders));
    for (const mark of ['pause', 'end'] as const) {
      await mirror.mark(mark);
      expect(await mirror.window()).toMatchObject({ batchId: null, pendingChanges: 1 });
    }
  });

  it('is not stored if policy or place changed while it was read', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    mirror.platform.resetCalls();
    mirror.platform.disturb({ endpoint: 'configuration', delay: 300, times: 1 });
    const window = mirror.window();
    const refused = expect(window).rejects.toThrow('changed while it was being worked on');
    while (mirror.platform.calls.configuration === 0) await new Promise((go) => setTimeout(go, 5));
    await mirror.put({ policy: { secrets: 'omitted' } });
    await refused;
    expect((await mirror.batches()).map(({ state }) => state)).toEqual(['delivered']);
  });

  it('fails with a code that the workflow knows if the source cannot be read', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    mirror.platform.disturb({ status: 503 });
    await expect(mirror.window()).rejects.toMatchObject({
      type: 'source_unreachable',
      nonRetryable: true,
    });
    expect(await mirror.changes()).toMatchObject([{ batchId: null, deliveredAt: null }]);
  });
});

describe('what a batch stores', () => {
  it('is encrypted in the table and removed after the delivery', async () => {
    const mirror = await under.settledMirror();
    const text = 'A sentence that must not lie in the table in clear.';
    await mirror.accept(mirror.platform.change(orders, { description: text }));
    await mirror.window();
    const files = await mirror.batchFiles();
    // Its description, and the catalog, which contains it, too.
    expect(files).toHaveLength(2);
    for (const { content } of files) {
      expect(content!.includes(Buffer.from(text))).toBe(false);
      expect(content!.includes(Buffer.from('sentence'))).toBe(false);
    }
    await mirror.deliver();
    expect(await mirror.batchFiles()).toEqual([]);
    expect(
      await mirror.repository.read(
        'configs/main/extractor/keboola.ex-db-mysql/orders/description.md',
      ),
    ).toContain(text);
  });

  it('contains no plaintext secret: it is left out, counted and named', async () => {
    const mirror = await under.settledMirror();
    const event = mirror.platform.change(orders, {
      configuration: { parameters: { db: { '#password': 'hunter2-in-clear' } } },
    });
    await mirror.accept(event);
    await mirror.window();
    await mirror.deliver();
    expect(await mirror.row()).toMatchObject({
      replacedSecrets: [
        {
          path: 'configs/main/extractor/keboola.ex-db-mysql/orders/config.json',
          pointer: '/parameters/db/#password',
        },
      ],
    });
    expect(JSON.stringify(await mirror.repository.files())).not.toContain('hunter2');
    expect((await mirror.repository.log())[0]?.message).toContain('left out');
  });
});
