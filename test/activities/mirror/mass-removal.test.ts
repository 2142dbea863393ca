import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { approveRemoval, findHeldRemoval } from '../../../db/streams/held-removals.ts';
import { configuration, smallProject } from '../../../examples/storage-api/data.ts';
import type { StorageApiProject } from '../../../examples/storage-api/data.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

type Mirror = Awaited<ReturnType<typeof under.settledMirror>>;

/** A project with this many configurations of one component, besides the three that it has. */
function ofSize(count: number, componentId = 'keboola.ex-aws-s3') {
  return ({ id }: { id: number }): StorageApiProject => {
    const project = smallProject({ id });
    const more = Array.from({ length: count }, (_, index) =>
      configuration(componentId, `more-${index}`, `More ${index}`, { parameters: { index } }),
    );
    project.branches[0]!.configurations.push(...more);
    return project;
  };
}

const listing = 'components' as const;

/** Lets the platform list no configurations from now on. */
function listNothing({ platform }: Mirror): void {
  platform.disturb({ endpoint: listing, body: '[]' });
}

const held = { type: 'mass_removal' };

it('a listing that is empty for one catch-up removes nothing, and is well again by itself', async () => {
  const mirror = await under.settledMirror({ project: ofSize(300) });
  const before = await mirror.repository.log();
  listNothing(mirror);
  const key = randomUUID();
  await expect(mirror.window({ key, catchUp: true })).rejects.toMatchObject(held);
  expect(await findHeldRemoval(under.db, mirror.stream)).toMatchObject({
    approvedAt: null,
    listed: { first: expect.arrayContaining([expect.stringContaining('configs/')]) },
  });
  mirror.platform.recover();
  expect(await mirror.window({ key, catchUp: true })).toMatchObject({ batchId: null });
  expect(await findHeldRemoval(under.db, mirror.stream)).toBeNull();
  await mirror.deliver();
  expect(await mirror.repository.log()).toEqual(before);
});

it('nor is anything removed while it is empty for an hour, also if everything is to be rendered', async () => {
  const mirror = await under.settledMirror({ project: ofSize(60) });
  const before = await mirror.repository.log();
  listNothing(mirror);
  const key = randomUUID();
  for (let attempt = 0; attempt < 12; attempt += 1)
    await expect(mirror.window({ key, catchUp: true })).rejects.toMatchObject(held);
  await mirror.mark('adopt');
  await expect(mirror.deliver()).rejects.toMatchObject(held);
  expect(await mirror.repository.log()).toEqual(before);
  mirror.platform.recover();
  await mirror.deliver();
  expect(await mirror.repository.log()).toEqual(before);
});

it('what a person has allowed goes, in one commit, and only that', async () => {
  const mirror = await under.settledMirror({ project: ofSize(60) });
  const { configurations } = mirror.platform.project.branches[0]!;
  mirror.platform.delete(orders);
  for (const { componentId, id } of configurations.slice(10, 50))
    mirror.platform.delete({ componentId, configId: id });
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject(held);
  const allowed = await findHeldRemoval(under.db, mirror.stream);
  await under.db
    .transaction()
    .execute((trx) => approveRemoval(trx, mirror.stream, allowed!.digest));
  // Meanwhile, one more goes: that is another removal.
  mirror.platform.delete({ componentId: 'keboola.ex-aws-s3', configId: '8' });
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject(held);
  const again = await findHeldRemoval(under.db, mirror.stream);
  expect(again).toMatchObject({ approvedAt: null });
  await under.db.transaction().execute((trx) => approveRemoval(trx, mirror.stream, again!.digest));
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ commits: 1 });
  expect(await findHeldRemoval(under.db, mirror.stream)).toBeNull();
});

it('what events report as deleted goes, however much it is', async () => {
  const mirror = await under.settledMirror({ project: ofSize(40) });
  const gone = [...mirror.platform.project.branches[0]!.configurations].slice(3);
  for (const { componentId, id } of gone) {
    const key = { componentId, configId: id };
    const event = mirror.platform.change(key);
    mirror.platform.delete(key);
    await mirror.accept(event);
  }
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ commits: 1, undeliveredChanges: 0 });
});

it('a component that had configurations and suddenly has none is held, also in a large project', async () => {
  const project = ({ id }: { id: number }) => {
    const large = ofSize(200)({ id });
    large.branches[0]!.configurations.push(
      ...Array.from({ length: 8 }, (_, index) =>
        configuration('keboola.data-apps', `app-${index}`, `App ${index}`, {}),
      ),
    );
    return large;
  };
  const mirror = await under.settledMirror({ project });
  for (let index = 0; index < 7; index += 1)
    mirror.platform.delete({ componentId: 'keboola.data-apps', configId: `app-${index}` });
  // One of them is left, so this is no whole component.
  await mirror.window({ catchUp: true });
  for (let index = 0; index < 7; index += 1)
    mirror.platform.create({ componentId: 'keboola.data-apps', configId: `app-${index}` });
  await mirror.window({ catchUp: true });
  for (let index = 0; index < 8; index += 1)
    mirror.platform.delete({ componentId: 'keboola.data-apps', configId: `app-${index}` });
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject(held);
});

it('rows that are no longer listed, though their configuration has no new version, are held', async () => {
  const mirror = await under.settledMirror({ project: ofSize(3) });
  const rows = Array.from({ length: 40 }, (_, index) => ({
    ...{ id: `r${index}`, name: `Row ${index}`, description: '', isDisabled: false, version: 1 },
    configuration: {},
  }));
  await mirror.accept(mirror.platform.change(orders, { rows }));
  await mirror.window();
  await mirror.deliver();
  const { configurations } = mirror.platform.project.branches[0]!;
  configurations.find(({ id }) => id === orders.configId)!.rows = [];
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject(held);
  await mirror.accept(mirror.platform.change(orders, { rows: [] }));
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ undeliveredChanges: 0 });
});

it('tables are held like configurations, unless events say that they, or their bucket, were deleted', async () => {
  const mirror = await under.settledMirror();
  for (let index = 0; index < 40; index += 1) mirror.platform.putTable(`in.c-shop.table${index}`);
  await mirror.window({ catchUp: true });
  await mirror.deliver();
  const deleted = Array.from({ length: 40 }, (_, index) =>
    mirror.platform.deleteTable(`in.c-shop.table${index}`),
  );
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject(held);
  await mirror.accept(...deleted);
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ undeliveredChanges: 0 });
});

it('a token that no longer sees everything removes nothing at all before a person has allowed it', async () => {
  const mirror = await under.settledMirror();
  mirror.platform.putTable('in.c-shop.orders');
  await mirror.window({ catchUp: true });
  await mirror.deliver();
  Object.assign(mirror.platform.project.token, { canManageBuckets: false });
  // It still sees what it saw.
  await mirror.window({ catchUp: true });
  Object.assign(mirror.platform.project.token, {
    canManageBuckets: false,
    componentAccess: ['keboola.ex-db-mysql', 'keboola.wr-db-mysql'],
  });
  mirror.platform.delete({ componentId: 'keboola.ex-aws-s3', configId: '8' });
  await expect(mirror.window({ catchUp: true })).rejects.toMatchObject({
    ...held,
    message: expect.stringContaining('no longer sees all components'),
  });
  Object.assign(mirror.platform.project.token, { componentAccess: [] });
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ commits: 1 });
});
