import { describe, it } from 'vitest';
import { forgedHistories } from './forged-histories.ts';
import { forgedMessages, inOnePush, type Forgery } from './forged-messages.ts';
import { forgedUnderTest, moments, products } from './forged-under-test.ts';

const { forge } = await forgedUnderTest();

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

describe.each(products)('a change of a %s is in its branch once', (product) => {
  describe.each(moments)('%s', (_, moment) => {
    const waits = moment === 'waiting';
    const messages = waits ? forgedMessages : [...inGroups, ...held];
    const histories = forgedHistories.filter(({ needsOurs }) => needsOurs === undefined || !waits);
    it.each(tried([...messages, ...histories]))('although a stranger pushed: %s', (how, forgery) =>
      forge(forgery, product, moment),
    );
  });
});
