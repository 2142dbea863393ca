import { customer, spacesUnderTest } from '../../knowledge/spaces-under-test.ts';
import { orders } from '../../activities-under-test.ts';
import { settle } from './check-scene.ts';
import type { Forgery, Others } from './forged-messages.ts';
import { Scenes, type Moment, type Product } from './scene.ts';

export const moments: readonly (readonly [when: string, moment: Moment])[] = [
  ['while it waits', 'waiting'],
  ['between its push and the read-back', 'arrived'],
  ['after the database was restored from before its push', 'restored'],
];

/** Real activities and servers to forge on; call this at the top level of a test file. */
export async function forgedUnderTest() {
  const under = await spacesUnderTest();
  const others = await waitingElsewhere(under);
  let scenes: Scenes | null = null;

  /** Brings a change to a moment, forges, and lets the stream settle. */
  async function forge(forgery: Forgery, product: Product, moment: Moment): Promise<void> {
    const used = (scenes ??= await Scenes.create(under));
    // What a failed test left behind is not used again.
    scenes = null;
    const scene = await used.next(product, moment);
    await forgery.push(scene, others);
    await settle(under, scene, { forgery, moment, others });
    scenes = used;
  }

  return { ...under, forge };
}

/** A mirror and a space of somebody else, each with a batch that waits. */
async function waitingElsewhere(
  under: Awaited<ReturnType<typeof spacesUnderTest>>,
): Promise<Others> {
  const mirror = await under.settledMirror();
  await mirror.accept(mirror.platform.change(orders));
  const { batchId } = await mirror.window();
  const space = await under.space({});
  await space.save('beta', { text: customer('beta') });
  await space.syncAndLoseWorkerBeforePush();
  const [save] = await space.saves();
  return {
    mirror: { stream: mirror.stream, batch: batchId! },
    space: { stream: `space/${space.id}`, batch: save!.batchId! },
  };
}
