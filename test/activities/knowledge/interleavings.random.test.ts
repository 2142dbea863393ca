import { expect, it } from 'vitest';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { beginning, interleave } from './interleavings.ts';
import { spacesUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();
const orders = randomRuns(5);

it(
  `loses nothing, whatever the order: ${orders} orders from seed ${randomSeed}`,
  { timeout: orders * 60_000 },
  async () => {
    for (let seed = randomSeed; seed < randomSeed + orders; seed += 1)
      await interleave(under, await under.space(beginning), seed, 12);
    expect(orders).toBeGreaterThan(0);
  },
);
