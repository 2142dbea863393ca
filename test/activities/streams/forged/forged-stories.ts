import { describe, it } from 'vitest';
import { forgedHistories } from './forged-histories.ts';
import { forgedMessages, inOnePush, type Forgery } from './forged-messages.ts';
import { forgedUnderTest, moments } from './forged-under-test.ts';
import type { Product } from './scene.ts';

const held = forgedMessages.filter(({ holds }) => holds !== undefined);
const others = forgedMessages.filter(({ holds }) => holds === undefined);
const PUSHED_TOGETHER = 10;

/** A few in each push: what one of them says may hide what the others would do. */
const inGroups = Array.from({ length: Math.ceil(others.length / PUSHED_TOGETHER) }, (_, group) => {
  const some = others.slice(group * PUSHED_TOGETHER, (group + 1) * PUSHED_TOGETHER);
  return inOnePush(`${some[0]?.how}, and the next ${some.length - 1}`, some);
});

function tried(forgeries: readonly Forgery[]) {
  return forgeries.map((forgery) => [forgery.how, forgery] as const);
}

/** Each is pushed alone for one of the products: both read what commits say with the same code. */
function aloneFor(product: Product): readonly Forgery[] {
  const rest = product === 'mirror' ? 0 : 1;
  return others.filter((_, index) => index % 2 === rest);
}

/** All that a stranger may have pushed, at each moment of a change of this product. Call it at the top level of a file. */
export async function forgedStories(product: Product): Promise<void> {
  const { forge } = await forgedUnderTest();
  describe(`a change of a ${product} is in its branch once`, () => {
    describe.each(moments)('%s', (_, moment) => {
      const waits = moment === 'waiting';
      const messages = [...(waits ? aloneFor(product) : []), ...inGroups, ...held];
      const histories = forgedHistories.filter(
        ({ needsOurs }) => needsOurs === undefined || !waits,
      );
      it.each(tried([...messages, ...histories]))(
        'although a stranger pushed: %s',
        (how, forgery) => forge(forgery, product, moment),
      );
    });
  });
}
