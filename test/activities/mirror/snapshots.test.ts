import { deserialize, serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { directoriesOf as givenPaths } from '../../../platforms/keboola/layout/directories-of.ts';
import { findSnapshot } from '../../../db/mirror/snapshots.ts';
import { renderFully } from '../../support/mirror/full-render.ts';
import { activitiesUnderTest, customers, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db, sealer } = under;
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

const throwAway = () => db.deleteFrom('snapshots').execute();

/** Delivers one window, after which the tip equals a full render. */
async function window(mirror: Mirror, config: typeof orders, name: string): Promise<void> {
  await mirror.accept(mirror.platform.change(config, { name }));
  const before = givenPaths((await listRenderedFiles(db, mirror.stream)).values());
  await mirror.window();
  await mirror.deliver();
  const files = await renderFully(mirror.platform, mirror.key, before);
  expect(await mirror.repository.blobIds()).toEqual(
    Object.fromEntries([...files.values()].map(({ path, blobId }) => [path, blobId])),
  );
}

const known = async ({ stream }: Mirror) => {
  const snapshot = await findSnapshot(db, sealer, stream);
  return snapshot === null ? null : [...snapshot.objects.keys()].sort();
};

it('a snapshot is rebuilt by the next window if it was deleted between windows, and the tree is right', async () => {
  const mirror = await under.settledMirror();
  const all = await known(mirror);
  await window(mirror, orders, 'One');
  await throwAway();
  await window(mirror, customers, 'Two');
  expect(await known(mirror)).toEqual(all);
  await window(mirror, orders, 'Three');
  expect(await known(mirror)).toEqual(all);
});

it('a snapshot that is deleted while a window reads is not left incomplete', async () => {
  const mirror = await under.settledMirror();
  const all = await known(mirror);
  await mirror.accept(mirror.platform.change(orders, { name: 'One' }));
  const [ended] = await Promise.all([mirror.window(), throwAway()]);
  expect(ended.files).toBeGreaterThan(0);
  expect([null, all]).toContainEqual(await known(mirror));
  await window(mirror, customers, 'Two');
  expect(await known(mirror)).toEqual(all);
});

it('a snapshot of another format is discarded', async () => {
  const mirror = await under.settledMirror();
  const all = await known(mirror);
  const { facts } = await db
    .selectFrom('snapshots')
    .select('facts')
    .where('stream', '=', mirror.stream)
    .executeTakeFirstOrThrow();
  const context = `snapshots/${mirror.stream}/facts`;
  const [format, value] = deserialize(sealer.open(facts, context)) as [number, unknown];
  await db
    .updateTable('snapshots')
    .set({ facts: sealer.seal(serialize([format + 1, value]), context) })
    .where('stream', '=', mirror.stream)
    .execute();
  // A worker of another version has nothing of it in memory.
  await db
    .updateTable('mirrors')
    .set(({ eb }) => ({ generation: eb('generation', '+', 1) }))
    .where('projectId', '=', mirror.key.projectId)
    .execute();
  expect(await known(mirror)).toBeNull();
  await window(mirror, orders, 'One');
  expect(await known(mirror)).toEqual(all);
});
