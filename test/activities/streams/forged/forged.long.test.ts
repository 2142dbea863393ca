import { describe, it } from 'vitest';
import { forgedHistories } from './forged-histories.ts';
import { forgedMessages } from './forged-messages.ts';
import { forgedUnderTest, moments, products } from './forged-under-test.ts';

const { forge } = await forgedUnderTest();

describe.each(products)('a change of a %s is in its branch once', (product) => {
  describe.each(moments)('%s', (_, moment) => {
    const possible = [...forgedMessages, ...forgedHistories].filter(
      ({ needsOurs }) => needsOurs === undefined || moment !== 'waiting',
    );
    it.each(possible.map((forgery) => [forgery.how, forgery] as const))(
      'although a stranger pushed: %s',
      (how, forgery) => forge(forgery, product, moment),
    );
  });
});
