import { expect, it } from 'vitest';
import { forgedMessages, inOnePush } from './forged-messages.ts';
import { forgedUnderTest } from './forged-under-test.ts';

const { forge } = await forgedUnderTest();

/** All that holds nothing; the long tests forge each of them alone as well, and a few together at all moments. */
const together = forgedMessages.filter(({ holds }) => holds === undefined);

it.each([
  ['a mirror', 'while it waits', 'mirror', 'waiting'],
  ['a mirror', 'after the database was restored from before its push', 'mirror', 'restored'],
  ['a space', 'between its push and the read-back', 'space', 'arrived'],
] as const)(
  'a change of %s is in its branch once %s, whatever commits on top of the branch say',
  (_, _when, product, moment) => {
    expect(together.length).toBeGreaterThan(60);
    return forge(inOnePush('all messages', together), product, moment);
  },
);
