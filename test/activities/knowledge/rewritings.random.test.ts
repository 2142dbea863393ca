import { expect, it } from 'vitest';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { rewrite, rewrittenBeginning } from './rewritings.ts';
import { spacesUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();
const orders = randomRuns(2);

it(
  `whatever a force-push drops is offered, and nothing is lost: ${orders} orders from seed ${randomSeed}`,
  { timeout: orders * 60_000 },
  async () => {
    const counts = { lost: 0, approved: 0 };
    for (let seed = randomSeed; seed < randomSeed + orders; seed += 1) {
      const { lost, approved } = await rewrite(
        under,
        await under.space(rewrittenBeginning),
        seed,
        16,
      );
      counts.lost += lost;
      counts.approved += approved;
    }
    console.info(`${counts.lost} saves were dropped, ${counts.approved} branches approved.`);
    expect(orders).toBeGreaterThan(0);
  },
);
