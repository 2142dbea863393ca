import { describe, expect, test } from 'vitest';
import { defaultSamples, type SamplesPolicy } from '../../../model/mirror/samples.ts';
import { apiMetadata } from '../../../examples/storage-api/tables.ts';
import { activitiesUnderTest, orders, trailersOf } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db, server } = under;
const credential = server.credential;

const on = (over: Partial<SamplesPolicy> = {}) => ({
  samples: { ...defaultSamples, enabled: true, ...over },
});
const people = [
  ['2', 'eva@example.com'],
  ['1', 'adam@example.com'],
];

type Mirror = Awaited<ReturnType<typeof under.mirror>>;

/** A mirror of a project with two tables, one of which is tagged. */
async function withTables(over: Partial<SamplesPolicy> = {}): Promise<Mirror> {
  const mirror = await under.mirror({ policy: on(over) });
  const { platform } = mirror;
  platform.putTable('in.c-crm.people', { columns: ['id', 'email'], preview: people });
  platform.putTable('in.c-hr.salaries', {
    columns: ['id', 'salary'],
    preview: [['1', '1000']],
    columnMetadata: { salary: apiMetadata({ user: { pii: 'true' } }) },
  });
  platform.resetCalls();
  return mirror;
}

/** The samples at the tip: path → text. */
async function samplesAt(mirror: Mirror): Promise<Record<string, string>> {
  const files = await mirror.repository.files();
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => path.startsWith('storage/samples/')),
  );
}

/** Makes the last answer about the repository look old. */
async function time(): Promise<void> {
  await db
    .updateTable('visibilities')
    .set({ checkedAt: new Date(Date.now() - 600_000) })
    .execute();
}

async function asPublic(work: () => Promise<void>): Promise<void> {
  server.credential = null;
  await time();
  try {
    await work();
  } finally {
    server.credential = credential;
    await time();
  }
}

function stored(mirror: Mirror) {
  return db
    .selectFrom('tableSamples')
    .select(['tableId', 'content'])
    .where('stream', '=', mirror.stream)
    .orderBy('tableId')
    .execute();
}

const sorted = 'id,email\r\n1,adam@example.com\r\n2,eva@example.com\r\n';

describe('a private repository', () => {
  test('gets the samples of all tables that are not excluded, in the first commit', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({ 'storage/samples/in.c-crm/people.csv': sorted });
    expect(mirror.platform.calls['data-preview']).toBe(1);
    const kept = await stored(mirror);
    expect(kept.map(({ tableId }) => tableId)).toEqual(['in.c-crm.people']);
    expect(kept[0]!.content!.includes('adam')).toBe(false);
  });

  test('reads a table again only if it has changed', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    mirror.platform.resetCalls();
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(0);
    mirror.platform.putTable('in.c-crm.people', { preview: [['3', 'new@example.com']] });
    mirror.platform.importTable('in.c-crm.people');
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(1);
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({
      'storage/samples/in.c-crm/people.csv': 'id,email\r\n3,new@example.com\r\n',
    });
  });

  test('reads a changed table again only after the refresh interval', async () => {
    const mirror = await withTables({ refresh: '6h' });
    await mirror.deliver();
    mirror.platform.putTable('in.c-crm.people', { preview: [] });
    mirror.platform.importTable('in.c-crm.people');
    mirror.platform.resetCalls();
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(0);
    await db
      .updateTable('tableSamples')
      .set({ readAt: new Date(Date.now() - 7 * 3_600_000) })
      .execute();
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(1);
  });

  test('loses the sample of a table that was deleted', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    mirror.platform.deleteTable('in.c-crm.people');
    await mirror.window({ catchUp: true });
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({});
    expect(await stored(mirror)).toEqual([]);
  });

  test('gets no content of masked columns, which are not requested either; a changed mask reads again', async () => {
    const mirror = await withTables({ mask: { columns: ['*:email'] } });
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({
      'storage/samples/in.c-crm/people.csv': 'id,email\r\n1,***\r\n2,***\r\n',
    });
    await mirror.put({ policy: on() });
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({ 'storage/samples/in.c-crm/people.csv': sorted });
  });

  test('keeps the sample of a table that cannot be read, and continues', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    mirror.platform.importTable('in.c-crm.people');
    mirror.platform.disturb({ endpoint: 'data-preview', status: 500 });
    await mirror.window({ catchUp: true });
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({ 'storage/samples/in.c-crm/people.csv': sorted });
    expect((await mirror.row()).warnings).toMatchObject([
      { owner: 'sample/1000/in.c-crm.people', message: expect.stringContaining('stays as it was') },
    ]);
    mirror.platform.recover();
    mirror.platform.resetCalls();
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(1);
  });

  test('gets a warning about a table without a preview, which is not requested again', async () => {
    const mirror = await withTables();
    const columns = Array.from({ length: 31 }, (_, at) => `c${at}`);
    mirror.platform.putTable('in.c-wide.table', { columns });
    await mirror.deliver();
    expect((await mirror.row()).warnings).toMatchObject([
      { owner: 'sample/1000/in.c-wide.table', message: expect.stringContaining('no preview') },
    ]);
    mirror.platform.resetCalls();
    await mirror.window({ catchUp: true });
    expect(mirror.platform.calls['data-preview']).toBe(0);
  });

  test('keeps a warning about a table until the table is gone, even if another table changes', async () => {
    const mirror = await withTables();
    const columns = Array.from({ length: 31 }, (_, at) => `c${at}`);
    mirror.platform.putTable('in.c-wide.table', { columns });
    await mirror.deliver();
    const owners = async () => (await mirror.row()).warnings.map(({ owner }) => owner);
    expect(await owners()).toEqual(['sample/1000/in.c-wide.table']);
    mirror.platform.disturb({ endpoint: 'data-preview', status: 500 });
    mirror.platform.importTable('in.c-crm.people');
    await mirror.window({ catchUp: true });
    mirror.platform.recover();
    expect((await owners()).sort()).toEqual([
      'sample/1000/in.c-crm.people',
      'sample/1000/in.c-wide.table',
    ]);
    mirror.platform.deleteTable('in.c-wide.table');
    await mirror.window({ catchUp: true });
    expect(await owners()).toEqual([]);
  });

  test('loses its samples in a commit of their own when they are switched off, and they are forgotten', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    await mirror.put({ policy: { samples: defaultSamples } });
    await mirror.deliver();
    expect(await samplesAt(mirror)).toEqual({});
    expect(await stored(mirror)).toEqual([]);
    const [last] = await mirror.repository.log();
    expect(trailersOf(last!.message).Reason).toBe('samples');
    const changed = await mirror.repository.changedPaths();
    expect(changed).toContain('storage/samples/in.c-crm/people.csv');
  });

  test('reads nothing twice when a push fails', async () => {
    const mirror = await withTables();
    await mirror.repository.rejectPushes('not today');
    await expect(mirror.deliver()).rejects.toThrow();
    await mirror.repository.rejectPushes(null);
    await mirror.deliver();
    expect(mirror.platform.calls['data-preview']).toBe(1);
    expect(await samplesAt(mirror)).toEqual({ 'storage/samples/in.c-crm/people.csv': sorted });
  });
});

describe('a public repository', () => {
  test('never gets a sample, no table is read, and the status says why', async () => {
    await asPublic(async () => {
      const mirror = await withTables();
      await mirror.deliver();
      expect(await samplesAt(mirror)).toEqual({});
      expect(mirror.platform.calls['data-preview']).toBe(0);
      const why = [{ owner: 'sample/1000', message: expect.stringContaining('public') }];
      expect((await mirror.row()).warnings).toMatchObject(why);
      // A window that does not look at tables keeps the warning.
      await mirror.accept(mirror.platform.change(orders, { name: 'Orders again' }));
      await mirror.window();
      expect((await mirror.row()).warnings).toMatchObject(why);
    });
  });

  test('that was made public before a push gets no batch with a sample', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    mirror.platform.putTable('in.c-crm.people', { preview: [['9', 'last@example.com']] });
    mirror.platform.importTable('in.c-crm.people');
    const { batchId } = await mirror.window({ catchUp: true });
    expect(batchId).not.toBeNull();
    await asPublic(async () => {
      // The batch is given up, and the worker's next attempt renders everything again.
      await expect(mirror.deliver()).rejects.toThrow(/changed while it was being worked on/);
      await mirror.deliver();
      expect(await samplesAt(mirror)).toEqual({});
      const [last] = await mirror.repository.log();
      expect(trailersOf(last!.message).Reason).toBe('samples');
      for (const { sha } of await mirror.repository.log())
        expect(JSON.stringify(await mirror.repository.files(sha))).not.toContain('last@example');
      expect(await stored(mirror)).toEqual([]);
    });
    // Now that it is private again, the next catch-up brings them back.
    await mirror.window({ catchUp: true });
    await mirror.deliver();
    expect(Object.keys(await samplesAt(mirror))).toEqual(['storage/samples/in.c-crm/people.csv']);
  });

  test('that was made public is noticed by a catch-up, even without a change', async () => {
    const mirror = await withTables();
    await mirror.deliver();
    await asPublic(async () => {
      await mirror.window({ catchUp: true });
      expect((await mirror.row()).resyncReason).toBe('samples');
      await mirror.deliver();
      expect(await samplesAt(mirror)).toEqual({});
    });
  });
});
