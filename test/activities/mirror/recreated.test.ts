import { expect, it } from 'vitest';
import type { ConfigChanged } from '../../../examples/storage-api/store.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

/** A configuration of version 5 that is deleted, which is version 6, and created again, which is version 1. */
async function recreated(secondsBetween: number): Promise<{
  mirror: Awaited<ReturnType<typeof under.settledMirror>>;
  gone: ConfigChanged;
  again: ConfigChanged;
}> {
  const mirror = await under.settledMirror();
  for (let version = 2; version < 5; version += 1)
    await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await mirror.deliver();
  const last = mirror.platform.change(orders);
  mirror.platform.delete(orders);
  const again = mirror.platform.create(orders, { name: 'Orders' });
  const committedAt = new Date(Date.parse(again.committedAt) - secondsBetween * 1_000);
  const gone = { ...last, newVersion: 6, committedAt: committedAt.toISOString() };
  return { mirror, gone, again };
}

it.each([
  ['in order', false],
  ['the other way round', true],
])(
  'a configuration that is deleted and created again leaves no change waiting, told %s',
  async (_name, isReversed) => {
    const { mirror, gone, again } = await recreated(1);
    const events = isReversed ? [again, gone] : [gone, again];
    await mirror.accept(...events);
    expect(await mirror.window()).toMatchObject({ changes: 2, pendingChanges: 0 });
    expect(await mirror.deliver()).toMatchObject({ commits: 1, undeliveredChanges: 0 });
    const [commit] = await mirror.repository.log();
    expect((await mirror.changes()).slice(-2)).toMatchObject([
      { commitSha: commit?.sha },
      { commitSha: commit?.sha },
    ]);
  },
);

it('its deletion may be told a window later', async () => {
  const { mirror, gone, again } = await recreated(1);
  await mirror.accept(again);
  await mirror.window();
  await mirror.deliver();
  await mirror.accept(gone);
  expect(await mirror.window()).toMatchObject({ pendingChanges: 0 });
  expect(await mirror.deliver()).toMatchObject({ undeliveredChanges: 0 });
});

it('who created it again is an author, even if only a change of the old one was reported by then', async () => {
  const mirror = await under.settledMirror();
  const at = new Date(Date.now() - 1_000);
  const old = mirror.platform.change(orders, { author: 'jan@example.com', at });
  mirror.platform.delete(orders);
  const again = mirror.platform.create(orders, { name: 'Orders', author: 'eva@example.com' });
  expect(again.newVersion).toBeLessThan(old.newVersion);
  await mirror.accept(old);
  await mirror.window();
  await mirror.deliver();
  const [commit] = await mirror.repository.log();
  expect(commit?.author.email).toBe('jan@example.com');
  expect(commit?.message).toContain('Co-authored-by: eva@example.com');
  await mirror.accept(again);
  await mirror.window();
  expect((await mirror.changes()).slice(-1)).toMatchObject([{ commitSha: commit?.sha }]);
});
