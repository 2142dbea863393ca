import { describe, expect, it } from 'vitest';
import { forgedMessages, inOnePush } from './forged-messages.ts';
import { forgedUnderTest, moments, products } from './forged-under-test.ts';

const { forge } = await forgedUnderTest();

/** All that holds nothing; the long test forges each of them alone. */
const together = forgedMessages.filter(({ holds }) => holds === undefined);

describe.each(products)('a change of a %s is in its branch once', (product) => {
  it.each(moments)('%s, whatever commits on top of the branch say', (_, moment) => {
    expect(together.length).toBeGreaterThan(60);
    return forge(inOnePush('all messages', together), product, moment);
  });
});
