import { expect, it } from 'vitest';
import { markSpace } from '../../../db/knowledge/spaces.ts';
import { customer, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space } = await spacesUnderTest();

const ids = Array.from({ length: 60 }, (_, index) => `customer-${index}`);

function pathOf(id: string): string {
  return `knowledge/customers/${id}.md`;
}

function filesOf(some: readonly string[]): Record<string, string> {
  return Object.fromEntries(some.map((id) => [pathOf(id), customer(id)]));
}

/** A bad merge: most of the entries are no longer in the branch. */
async function loseMost({ repository }: SpaceUnderTest): Promise<void> {
  const gone = ids.slice(5).map((id) => [pathOf(id), null]);
  await repository.commit({ message: 'Merge', files: Object.fromEntries(gone) });
}

const held = { type: 'mass_removal' };

it('entries that a branch suddenly lacks stay readable, and come back with the branch', async () => {
  const one = await space(filesOf(ids));
  await one.sync();
  await loseMost(one);
  for (let attempt = 0; attempt < 3; attempt += 1)
    await expect(one.sync()).rejects.toMatchObject(held);
  expect(await one.ids()).toHaveLength(60);
  expect((await one.entry('customer-59')).headText).toBe(customer('customer-59'));
  await one.repository.commit({ message: 'Mend', files: filesOf(ids) });
  await one.sync();
  expect(await one.ids()).toHaveLength(60);
});

it('they go once somebody has approved that', async () => {
  const one = await space(filesOf(ids));
  await one.sync();
  await loseMost(one);
  await expect(one.sync()).rejects.toMatchObject(held);
  await markSpace(one.db, one.id, 'approve');
  await one.sync();
  expect(await one.ids()).toHaveLength(5);
});

it('entries that people remove in Gitward go without a question, and so do a few of the branch', async () => {
  const one = await space(filesOf(ids));
  await one.sync();
  for (const id of ids.slice(20)) await one.save(id, { text: null });
  await one.sync();
  await one.sync();
  expect(await one.ids()).toHaveLength(20);
  const gone = ids.slice(0, 15).map((id) => [pathOf(id), null]);
  await one.repository.commit({ message: 'Tidy up', files: Object.fromEntries(gone) });
  await one.sync();
  expect(await one.ids()).toHaveLength(5);
});

it('files that get other ids, or other places, are not gone', async () => {
  const one = await space(filesOf(ids));
  await one.sync();
  await one.repository.commit({
    message: 'Rename',
    files: Object.fromEntries(ids.slice(30).map((id) => [pathOf(id), customer(`${id}-b`)])),
  });
  await one.sync();
  const moved = ids.slice(0, 30);
  await one.repository.commit({
    message: 'Move',
    files: {
      ...Object.fromEntries(moved.map((id) => [pathOf(id), null])),
      ...Object.fromEntries(moved.map((id) => [`knowledge/customers/old-${id}.md`, customer(id)])),
    },
  });
  await one.sync();
  expect(await one.ids()).toHaveLength(60);
});
